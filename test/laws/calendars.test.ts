/** The laws of operators over calendars: of a day, over midnight, in a zone of half an hour, all week. */
import { test } from 'node:test';
import { createCalendar } from '../../packages/core/src/base/calendars/calendar.ts';
import { calendarOperator } from '../../packages/core/src/features/calendar-operator.ts';
import { LAWS } from '../../packages/minotaur/src/verify/testing/operator-laws/index.ts';
import { assertOperator } from '../../packages/minotaur/src/verify/testing/check-operator.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const CALENDARS = {
  nyse: { zone: 'America/New_York', open: '09:30', close: '16:00', early: { '2024-07-03': '13:00' } },
  cme: { zone: 'America/Chicago', open: '17:00', close: '16:00', early: {} },
  nse: { zone: 'Asia/Kolkata', open: '09:15', close: '15:30', early: {} },
} as const;

/** All but the one that wants a value of every output in a first row: of a closed session there is none, and no row has both. */
const laws = LAWS.map((law) => law.name).filter((law) => law !== 'L6 readiness');

for (const [name, calendar] of Object.entries(CALENDARS)) {
  test(`every law holds of ${name}`, () => {
    const settled = createCalendar(name, { ...calendar, days: [...days], holidays: ['2024-07-04'] });
    assertOperator(calendarOperator(settled), { laws });
  });
}
