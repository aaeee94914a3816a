/**
 * A series: values of which each row says the time that it is of and the time at which it became known. It is a clock of its own,
 * whose rows have no prices: funding, open interest, quotes, calendars, the output of another model.
 */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { formatTime } from '../base/time.ts';
import { shown, type Complaint } from '../trades/door.ts';
import { BAR_COLUMNS, COLUMN, type BarTable } from './bar.ts';

/** A row of a series as a user has it: its times in microseconds, UTC, and its values by name. */
export interface SeriesRow {
  /** What the values are of. */
  readonly time: number;
  /** When they became known; may be left out where the series has a `delay`. */
  readonly available_at?: number | undefined;
  /** A value that is not given is NaN. */
  readonly [value: string]: number | undefined;
}

/** How the rows of a series are taken. */
export interface SeriesOptions {
  /** Its name. */
  readonly name: string;
  /** Names of the values, in order. */
  readonly values: readonly string[];
  /** Microseconds after its time a row that does not say it became known; NaN where each has to say it. */
  readonly delay: number;
  /** Whether a row that is of an earlier time than the one before, a late revision, is taken all the same. */
  readonly keepsOlder: boolean;
  /** Times that can be. */
  readonly times: { readonly from: number; readonly to: number };
}

/** Columns that say when and which. */
const IDENTITY: ReadonlyMap<string, string> = new Map([
  ['open_time', 'time'],
  ['available_at', 'available_at'],
  ['ordinal', 'ordinal'],
  ['event', 'event'],
]);

/** Names that a value cannot have. */
export const SERIES_NAMES: ReadonlySet<string> = new Set([...BAR_COLUMNS, 'time', 'age']);

/** Columns of a series in a table, which has those of a bar: what it has not can be named by nobody. Its values follow. */
export function seriesColumns(values: readonly string[]): readonly string[] {
  return [...BAR_COLUMNS.map((name) => IDENTITY.get(name) ?? `(${name})`), ...values];
}

/** Why columns of a series can be NaN, for those that can. */
export function undefinedInSeries(values: readonly string[]): ReadonlyMap<string, string> {
  const own = new Set<string>(IDENTITY.values());
  const reasonOf = (name: string): string =>
    values.includes(name) ? 'a row of the series does not have it' : 'a series has none';
  return new Map(seriesColumns(values).flatMap((name) => (own.has(name) ? [] : [[name, reasonOf(name)]])));
}

const ORDINAL = 0;
/** Of the newest row. */
const AVAILABLE = 1;
const TIME = 2;
/** Rows of earlier times that were not taken. */
const OLDER = 3;
export const SERIES_SLOTS = 4;

export interface SeriesClock {
  /** Takes a row; whether it stands in the table. @throws where it is none, or became known before the one before it */
  take(row: SeriesRow, where: string): boolean;
  /** Rows that were not taken, because they are of an earlier time than one before them. */
  readonly older: number;
}

/** `state` holds SERIES_SLOTS zeros at the start. */
export function createSeriesClock(options: SeriesOptions, table: BarTable, state: Float64Array): SeriesClock {
  const { values, delay, keepsOlder } = options;
  const names: ReadonlySet<string> = new Set(values);
  return {
    take(row, where) {
      const complaint = complaintOfRow(row, options, names) ?? lateness(row, state, delay);
      if (complaint !== undefined) fail('input', where, ...complaint);
      state[AVAILABLE] = availableAt(row, delay);
      if (row.time < state[TIME] && !keepsOlder) {
        state[OLDER]++;
        return false;
      }
      state[TIME] = row.time;
      const i = table.append();
      const { data } = table;
      for (let c = 0; c < BAR_COLUMNS.length; c++) data[c][i] = NaN;
      data[COLUMN.open_time][i] = row.time;
      data[COLUMN.available_at][i] = state[AVAILABLE];
      data[COLUMN.event][i] = 2 * state[ORDINAL] + 1;
      data[COLUMN.ordinal][i] = state[ORDINAL]++;
      for (let v = 0; v < values.length; v++) data[BAR_COLUMNS.length + v][i] = row[values[v]] ?? NaN;
      return true;
    },
    get older() {
      return state[OLDER];
    },
  };
}

function availableAt({ time, available_at: given }: SeriesRow, delay: number): number {
  // What a file has no value for is as if it had not been given.
  return given === undefined || given !== given ? time + delay : given;
}

/** What is wrong with a row by itself. */
function complaintOfRow(
  row: SeriesRow,
  { name, values, delay, times }: SeriesOptions,
  names: ReadonlySet<string>,
): Complaint | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return [`a row { time, ${values.join(', ')} }`, shown(row)];
  if (!Number.isInteger(row.time)) return ['time in integer microseconds', shown(row.time)];
  const available = availableAt(row, delay);
  if (row.available_at === undefined && delay !== delay)
    return [`available_at, because clocks.${name} has no delay`, 'none'];
  if (!Number.isInteger(available)) return ['available_at in integer microseconds', shown(row.available_at)];
  for (const time of [row.time, available])
    if (time < times.from || time >= times.to)
      return [`times from ${formatTime(times.from)} to ${formatTime(times.to)}`, formatTime(time)];
  for (const key of Object.keys(row)) {
    const value = row[key];
    if (key === 'time' || key === 'available_at') continue;
    if (!names.has(key)) return [`a value of '${name}' (${values.join(', ')})`, `'${key}'${nearest(key, values)}`];
    if (value !== undefined && (typeof value !== 'number' || value === Infinity || value === -Infinity))
      return [`${key} as a number, NaN where it is not known`, shown(value)];
  }
  return undefined;
}

/** Rows come in the order in which they became known. */
function lateness(row: SeriesRow, state: Float64Array, delay: number): Complaint | undefined {
  const available = availableAt(row, delay);
  if (state[ORDINAL] === 0 || available >= state[AVAILABLE]) return undefined;
  return [`available_at of ${formatTime(state[AVAILABLE])} or later, as the row before`, formatTime(available)];
}
