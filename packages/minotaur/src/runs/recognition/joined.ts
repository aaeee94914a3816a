/** The rows of somebody's table, at the bars that they are of. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { keyColumnsOf } from '../../compare/keys/key-columns.ts';
import { orderKeys, stepOf } from '../../compare/keys/keys.ts';
import type { Side } from '../../compare/sides/side.ts';
import type { Bars } from '../../recognise/candidates/values.ts';

/** The times of a table. */
export interface TableTimes {
  /** The column that has them. */
  readonly name: string;
  readonly times: Float64Array;
  /** The commonest distance of two, microseconds. */
  readonly step: number;
}

/** Columns of a table with a value for each bar. */
export interface JoinedTable {
  /** The bars from some rows before the table on, up to its last row. */
  readonly bars: Bars;
  /** Which end of a bar the table's times give. */
  readonly end: 'open_time' | 'close_time';
  /** By name; NaN where the table has no row. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly isAbsent: Uint8Array | undefined;
  /** Rows that are at a bar. */
  readonly rows: number;
}

/** Of the rows of a table: what has to be at the times of bars. */
const LEAST_SHARE = 0.9;
/** Rows by which a column can be told. */
const LEAST_ROWS = 100;

/** @throws {MinotaurError} of kind `input` where a table has no times, or one twice */
export async function timesOfTable(side: Side): Promise<TableTimes> {
  const { key } = keyColumnsOf(side, []);
  if (key === undefined)
    fail(
      'input',
      side.name,
      'a column of times, as time or timestamp',
      side.columns.map(({ name }) => name).join(', '),
    );
  const [times] = await side.read([key]);
  const keys = orderKeys({ key: times, symbol: undefined });
  if (keys.repeated.rows > 0)
    fail(
      'input',
      `${side.name}, column ${key}`,
      'each time once: of several symbols, a table of one',
      `${keys.repeated.rows} rows at a time that another row has`,
    );
  return { name: key, times, step: stepOf(keys) };
}

/** @throws {MinotaurError} of kind `input` where the rows are not at the times of the bars */
export async function joinTable(side: Side, { name, times }: TableTimes, bars: Bars): Promise<JoinedTable> {
  const rowAt = new Map<number, number>();
  times.forEach((time, row) => rowAt.set(time, row));
  const ends = (['open_time', 'close_time'] as const).map((end) => {
    const at = Int32Array.from(bars.columns.get(end) as Float64Array, (time) => rowAt.get(time) ?? -1);
    return { end, at, rows: at.reduce((sum, row) => sum + Number(row >= 0), 0) };
  });
  const [{ end, at, rows }] = ends.toSorted((x, y) => y.rows - x.rows);
  if (rows < LEAST_SHARE * times.length || rows < LEAST_ROWS)
    fail(
      'input',
      `${side.name}, column ${name}`,
      `${LEAST_ROWS} rows or more, nine in ten of them at times at which bars open or close`,
      `${rows} of ${times.length}; ${span('the table', times)}, ${span('the bars', bars.columns.get('open_time') as Float64Array)}`,
    );
  const [first, last] = [at.findIndex((row) => row >= 0), at.findLastIndex((row) => row >= 0)];
  // As many bars before the table as it has rows: what its first values were made of.
  const from = Math.max(0, first - rows);
  const kept = at.subarray(from, last + 1);
  const names = side.columns
    .filter((column) => column.kind === 'number' && column.name !== name)
    .map((column) => column.name);
  const values = await side.read(names);
  const gaps = kept.map((row) => Number(row < 0));
  return {
    bars: {
      rows: kept.length,
      columns: new Map([...bars.columns].map(([of, all]) => [of, all.subarray(from, last + 1)])),
    },
    end,
    rows,
    columns: new Map(names.map((of, k) => [of, Float64Array.from(kept, (row) => (row < 0 ? NaN : values[k][row]))])),
    isAbsent: gaps.includes(1) ? Uint8Array.from(gaps) : undefined,
  };
}

function span(what: string, times: Float64Array): string {
  const known = times.filter((time) => time === time);
  if (known.length === 0) return `${what} has no times`;
  const [from, to] = known.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)],
    [Infinity, -Infinity],
  );
  return `${what} from ${formatTime(from).slice(0, 19)} to ${formatTime(to).slice(0, 19)}`;
}
