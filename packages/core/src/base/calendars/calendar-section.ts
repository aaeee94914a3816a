/** The section `calendars`: when exchanges are open, by their own clocks. */
import * as z from 'zod';
import { WEEKDAYS } from './weekdays.ts';

const date = z.iso.date();
const TIME_OF_DAY = { error: 'expected a time of day such as 09:30' };
const timeOfDay = z.string(TIME_OF_DAY).regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/, TIME_OF_DAY);

const calendarSection = z
  .strictObject({
    zone: z.string().describe('Time zone, as in the time zone database: America/New_York'),
    open: timeOfDay.describe('When a session opens, local time; at or after `close`: on the evening before its day'),
    close: timeOfDay.describe('When a session closes, local time of its day'),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('Days that have a session; default: mon to fri'),
    holidays: z.array(date).default([]).describe('Days that have none'),
    early: z.record(date, timeOfDay).default({}).describe('Days on which the session closes early, and when'),
  })
  .describe('Sessions of an exchange');

export const calendarsSection = z
  .record(z.string().regex(/^[a-z][a-z0-9_]*$/), calendarSection)
  .describe('Sessions of exchanges, by name; each name is an operator too: nyse(available_at)');

export type CalendarConfig = z.output<typeof calendarSection>;
