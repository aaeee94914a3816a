/** A date and a time of day in two columns, and times without a zone: read in the zone that the configuration names. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';

const HOUR = 3_600_000_000;

/** Microseconds by which local time in a zone is ahead of UTC at `micros`, a time, of local time. */
type ZoneOffset = (micros: number) => number;

/**
 * The zone `UTC`, an offset such as `+08:00`, a name such as `America/New_York`, or both, `America/New_York+07:00`: clocks that stand
 * seven hours ahead of New York's and change when those do, as the servers of many brokers. An hour that a change of clocks repeats is
 * read as the earlier one.
 * @throws {MinotaurError} of kind `config` where it is none of these
 */
export function zoneOffset(zone: string): ZoneOffset {
  const [, name, offset] = /^(.*?)([+-]\d\d:?\d\d)?$/.exec(zone) as RegExpExecArray;
  const shift = offset === undefined ? 0 : microsOf(offset);
  if (zone !== '' && (name === '' || name === 'UTC')) return () => shift;
  const ahead = offsetsOf(namedZone(name, zone));
  return shift === 0 ? ahead : (micros) => shift + ahead(micros - shift);
}

/** Of an offset as it is written. */
function microsOf(offset: string): number {
  const [sign, hours, minutes] = [offset[0], offset.slice(1, 3), offset.slice(-2)];
  return (Number(hours) * HOUR + (Number(minutes) * HOUR) / 60) * (sign === '-' ? -1 : 1);
}

/** By local time, of a zone whose offsets at UTC are given. */
function offsetsOf(atUtc: ZoneOffset): ZoneOffset {
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
function namedZone(name: string, zone: string): ZoneOffset {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    return (micros) => {
      const said = format.formatToParts(micros / 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      const [offset] = /[+-]\d\d:\d\d/.exec(said) ?? [];
      return offset === undefined ? 0 : microsOf(offset);
    };
  } catch {
    const expected =
      'UTC, an offset such as +08:00, a name such as America/New_York, or both: America/New_York+07:00, seven hours ahead of it';
    return fail('config', 'input.zone', expected, zone);
  }
}

/** Microseconds of local time as UTC; NaN stays NaN. */
export function toUtc(micros: number, ahead: ZoneOffset): number {
  return micros === micros ? micros - ahead(micros) : micros;
}

/** `2020-04-20`, `20200420` or `20.04.2020`, and `18:20:00.5` or `182000`, as microseconds of local time; NaN where they are neither. */
export function localMicros(date: string, time: string): number {
  const day = date
    .replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
    .replace(/^(\d{4})([./])(\d\d)\2(\d\d)$/, '$1-$3-$4')
    .replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
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
  const expected =
    'a day such as 2024-07-01, 20240701, 2024/07/01, 2024.07.01 or 01.07.2024, and a time of day such as 16:00:01.5';
  fail('input', `${file}, the first time`, expected, `"${rows[0][date]}" and "${rows[0][time]}"`);
}
