/** The rows of somebody's table, at the bars that they are of. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { keyColumnsOf } from '../../compare/keys/key-columns.ts';
import { orderKeys, stepOf } from '../../compare/keys/keys.ts';
import type { Side } from '../../compare/sides/side.ts';
import type { Columns } from '../../recognise/columns.ts';
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
  /** Of numbers; NaN where the table has no row. */
  readonly columns: Columns;
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

/** The rows of a table at one end of the bars. */
interface End {
  readonly end: JoinedTable['end'];
  /** The row at each bar; -1 where there is none. */
  readonly at: Int32Array;
  readonly rows: number;
}

/**
 * The table at the ends of the bars that its times may be, the likelier first: there are two where bars go on beyond the table, or begin
 * behind it, so that times of both ends are found.
 * @throws {MinotaurError} of kind `input` where the rows are not at the times of the bars, or lie farther apart
 */
export function joinTable(side: Side, { name, times }: TableTimes, bars: Bars): JoinedTable[] {
  const rowAt = new Map<number, number>();
  times.forEach((time, row) => rowAt.set(time, row));
  const ends = (['open_time', 'close_time'] as const).map((end): End => {
    const at = Int32Array.from(bars.columns.get(end) as Float64Array, (time) => rowAt.get(time) ?? -1);
    return { end, at, rows: at.reduce((sum, row) => sum + Number(row >= 0), 0) };
  });
  const [best, other] = ends.toSorted((x, y) => y.rows - x.rows);
  const where = `${side.name}, column ${name}`;
  const isEnough = ({ rows }: End): boolean => rows >= LEAST_SHARE * times.length && rows >= LEAST_ROWS;
  if (!isEnough(best))
    fail(
      'input',
      where,
      `${LEAST_ROWS} rows or more, nine in ten of them at times at which bars open or close`,
      `${best.rows} of ${times.length}; ${span('the table', times)}, ${span('the bars', bars.columns.get('open_time') as Float64Array)}`,
    );
  const apart = barsApart(best);
  if (apart !== 1) fail('input', where, 'rows that are one bar apart, most of them', `${apart} bars`);
  const isEach = best.rows === times.length && best.rows === bars.rows;
  const isOther = !isEach && isEnough(other) && best.rows - other.rows <= 1;
  return (isOther ? [best, other] : [best]).map((end) => joinedAt(side, name, bars, end));
}

/** Bars from one row of the table to the next, as most are. */
function barsApart({ at }: End): number {
  const key = Float64Array.from(at.keys()).filter((bar) => at[bar] >= 0);
  return stepOf(orderKeys({ key, symbol: undefined }));
}

function joinedAt(side: Side, name: string, bars: Bars, { end, at, rows }: End): JoinedTable {
  const [first, last] = [at.findIndex((row) => row >= 0), at.findLastIndex((row) => row >= 0)];
  // As many bars before the table as it has rows: what its first values were made of.
  const from = Math.max(0, first - rows);
  const kept = at.subarray(from, last + 1);
  const gaps = Uint8Array.from(kept, (row) => Number(row < 0));
  return {
    bars: {
      rows: kept.length,
      columns: new Map([...bars.columns].map(([of, all]) => [of, all.subarray(from, last + 1)])),
    },
    end,
    rows,
    columns: {
      names: side.columns.filter((column) => column.kind === 'number' && column.name !== name).map((one) => one.name),
      async read(names) {
        const values = await side.read(names);
        return values.map((own) => {
          const joined = new Float64Array(kept.length);
          for (let i = 0; i < kept.length; i++) joined[i] = kept[i] < 0 ? NaN : own[kept[i]];
          return joined;
        });
      },
    },
    isAbsent: gaps.includes(1) ? gaps : undefined,
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
