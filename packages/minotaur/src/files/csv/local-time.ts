/** A date and a time of day in two columns, and times without a zone: read in the zone that the configuration names. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';

const HOUR = 3_600_000_000;

/** Microseconds by which local time in a zone is ahead of UTC at `micros`, a time, of local time. */
type ZoneOffset = (micros: number) => number;

/**
 * The zone `UTC`, an offset such as `+08:00`, or a name such as `America/New_York`. An hour that a change of clocks
 * repeats is read as the earlier one.
 * @throws {MinotaurError} of kind `config` where it is none of these
 */
export function zoneOffset(zone: string): ZoneOffset {
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (zone === 'UTC') return () => 0;
  if (fixed !== null) {
    const ahead = (Number(fixed[2]) * HOUR + (Number(fixed[3]) * HOUR) / 60) * (fixed[1] === '-' ? -1 : 1);
    return () => ahead;
  }
  const atUtc = namedZone(zone);
  const known = new Map<number, number>();
  return (micros) => {
    // Clocks change on quarters of an hour.
    const key = Math.floor(micros / (HOUR / 4));
    let ahead = known.get(key);
    if (ahead === undefined) {
      if (known.size > 4096) known.clear();
      ahead = atUtc(micros - Math.max(atUtc(micros - 24 * HOUR), atUtc(micros + 24 * HOUR)));
      known.set(key, ahead);
    }
    return ahead;
  };
}

/** Offset of a named zone at microseconds of UTC. */
function namedZone(zone: string): ZoneOffset {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (micros) => {
      const name = format.formatToParts(micros / 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
      if (match === null) return 0;
      return (Number(match[2]) * HOUR + (Number(match[3]) * HOUR) / 60) * (match[1] === '-' ? -1 : 1);
    };
  } catch {
    return fail('config', 'input.zone', 'UTC, an offset such as +08:00, or a name such as America/New_York', zone);
  }
}

/** Microseconds of local time as UTC; NaN stays NaN. */
export function toUtc(micros: number, ahead: ZoneOffset): number {
  return micros === micros ? micros - ahead(micros) : micros;
}

/** `2020-04-20` or `20200420`, and `18:20:00.5` or `182000`, as microseconds of local time; NaN where they are neither. */
export function localMicros(date: string, time: string): number {
  const day = date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3').replace(/^(\d{4})([./])(\d\d)\2(\d\d)$/, '$1-$3-$4');
  const clock = time.replace(/^(\d\d)(\d\d)(\d\d)(\.\d+)?$/, '$1:$2:$3$4');
  return /^\d{4}-\d\d-\d\d$/.test(day) ? parseIso(`${day}T${clock}`) : NaN;
}

/** Places of a day and a time of day; one and the same where there is no time of day. */
export interface DayColumns {
  readonly date: number;
  readonly time: number;
}

/** The time of a row in microseconds of local time; NaN where it has none. */
export function dayMicros(cell: (at: number) => string, { date, time }: DayColumns): number {
  return localMicros(cell(date).trim(), time === date ? '00:00' : cell(time).trim());
}

/** Refuses dates of which none can be read: `07/01/2024` is of January or of July. */
export function requireDates(rows: readonly (readonly string[])[], columns: DayColumns, file: string): void {
  const { date, time } = columns;
  if (rows.some((row) => !Number.isNaN(dayMicros((at) => row[at] ?? '', columns)))) return;
  const expected = 'a day such as 2024-07-01, 20240701, 2024/07/01 or 2024.07.01, and a time of day such as 16:00:01.5';
  fail('input', `${file}, the first time`, expected, `"${rows[0][date]}" and "${rows[0][time]}"`);
}
