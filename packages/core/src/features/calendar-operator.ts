/**
 * A calendar as an operator of its own name: `nyse(available_at)`; without an input, of when the bar is known. Of the family `date`: a
 * session has a date, and holidays do not come again.
 */
import { DAY, FROM, stretchAt, STRETCH_SLOTS, TO, weekdayOf, type Calendar } from '../base/calendars/calendar.ts';
import { offsetAt } from '../base/calendars/zone.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND } from '../base/time.ts';
import { operator, type PrimitiveOperator } from './contract/operator.ts';

/** What a calendar says of a time, in this order. */
const OUTPUTS = [
  'is_open',
  'seconds_since_open',
  'seconds_to_close',
  'seconds_to_open',
  'session_day',
  'local_hour',
  'local_weekday',
] as const;

/** Of the call that is running: each begins with none. */
const stretch = new Float64Array(STRETCH_SLOTS);

export function calendarOperator(calendar: Calendar): PrimitiveOperator {
  const { name, zone } = calendar;
  return operator({
    name,
    family: 'date',
    version: 1,
    summary: `Sessions of ${name}, and the time of day in ${zone.name}`,
    formula: `session [open, close) that holds the time; hours, weekday (Monday 0) in ${zone.name}`,
    source: 'the configuration, and the table of time zones',
    inputs: ['available_at'],
    outputs: OUTPUTS,
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    undefinedWhen: `${name} is closed (seconds_since_open, seconds_to_close, session_day) or open (seconds_to_open)`,
    history: () => 0,
    slots: () => 0,
    run: (
      { in: { 0: time }, out: { 0: isOpen, 1: since, 2: toClose, 3: toOpen, 4: day, 5: hour, 6: weekday } },
      from,
      to,
    ) => {
      stretch[FROM] = stretch[TO] = NaN;
      for (let i = from; i < to; i++) {
        const t = time[i];
        if (t !== t) {
          isOpen[i] = since[i] = toClose[i] = toOpen[i] = day[i] = hour[i] = weekday[i] = NaN;
          continue;
        }
        if (!(t >= stretch[FROM] && t < stretch[TO])) stretchAt(calendar, t, stretch);
        const opens = stretch[DAY] === stretch[DAY];
        isOpen[i] = opens ? 1 : 0;
        since[i] = opens ? (t - stretch[FROM]) / MICROS_PER_SECOND : NaN;
        toClose[i] = opens ? (stretch[TO] - t) / MICROS_PER_SECOND : NaN;
        toOpen[i] = opens || stretch[TO] === Infinity ? NaN : (stretch[TO] - t) / MICROS_PER_SECOND;
        day[i] = stretch[DAY];
        const local = t + offsetAt(zone, t);
        const today = Math.floor(local / MICROS_PER_DAY);
        hour[i] = (local - today * MICROS_PER_DAY) / MICROS_PER_HOUR;
        weekday[i] = weekdayOf(today);
      }
    },
  });
}
