/**
 * What one row leaves behind: a print of 1e15, or a row without values. Plain functions like the laws: each takes an
 * operator and a sample and returns what is wrong, or nothing.
 */
import { sameBits } from '../../packages/core/src/base/canonical.ts';
import { outputs, type Subject } from './drive.ts';
import { DOMAINS, makeColumns, putNaN, tameShape, type Columns } from './inputs.ts';

const PRINT = 1e15;
/** Rows judged after the window has passed. */
const AFTER = 30;

export type Trace = (subject: Subject, seed: number) => string | undefined;

interface Runs {
  readonly clean: readonly Float64Array[];
  readonly marked: readonly Float64Array[];
  readonly row: number;
  readonly rows: number;
  readonly reach: number;
}

/** A clean run and one whose row `row` is marked, in one input or in all. */
function runs(
  subject: Subject,
  seed: number,
  names: readonly string[],
  mark: (table: Columns, row: number) => void,
): Runs {
  const { op, params } = subject;
  const memory = op.memory(params);
  const reach = memory.class === 'unbounded' ? op.lookback(params) + 1 : memory.rows;
  const row = op.lookback(params) + 5 + (seed % 40);
  const rows = row + reach + AFTER;
  const table = makeColumns(op.inputs, tameShape(seed, DOMAINS[seed % 3]), rows);
  const marked = Object.fromEntries(Object.entries(table).map(([name, column]) => [name, column.slice()]));
  mark(Object.fromEntries(names.map((name) => [name, marked[name]])), row);
  return { clean: outputs(subject, table, rows), marked: outputs(subject, marked, rows), row, rows, reach };
}

/** Each input alone, and all at once. */
function places({ op }: Subject): (readonly string[])[] {
  const names = op.inputs.filter((name) => name !== 'available_at');
  return names.length > 1 ? [...names.map((name) => [name]), names] : [names];
}

/** An extreme print is gone, to the bit, once it has left the window. */
export function printLeaves(subject: Subject, seed: number): string | undefined {
  if (subject.op.memory(subject.params).class !== 'finite') return undefined;
  for (const names of places(subject)) {
    const put = (table: Columns, row: number): void => names.forEach((name) => (table[name][row] = PRINT));
    const { clean, marked, row, rows, reach } = runs(subject, seed, names, put);
    for (let k = 0; k < clean.length; k++) {
      for (let i = 0; i < rows; i++) {
        if ((i < row || i >= row + reach) && !sameBits(clean[k][i], marked[k][i])) {
          return `${i - row} rows after a print in ${names.join(', ')}, ${subject.op.outputs[k]}: ${clean[k][i]} became ${marked[k][i]}`;
        }
      }
    }
  }
  return undefined;
}

/** What a NaN does: what is wrong with it, and the rows after it that it reaches. */
function follow(subject: Subject, seed: number): { readonly wrong?: string; readonly reached: number } {
  const { op, params } = subject;
  const memory = op.memory(params);
  let reached = 0;
  for (const names of places(subject)) {
    const { clean, marked, row, rows, reach } = runs(subject, seed, names, (table, at) => putNaN(table, at, names));
    for (let k = 0; k < clean.length; k++) {
      let largest = 0;
      for (let i = 0; i < rows; i++) {
        const [expected, found] = [clean[k][i], marked[k][i]];
        if (Math.abs(expected) > largest) largest = Math.abs(expected);
        if (sameBits(expected, found)) continue;
        const wrong = `${i - row} rows after a NaN in ${names.join(', ')}, ${op.outputs[k]}: ${expected} became ${found}`;
        if (i < row) return { wrong, reached };
        if (memory.class === 'finite') {
          if (i >= row + reach || (op.nan === 'window' && !Number.isNaN(found))) return { wrong, reached };
          reached = Math.max(reached, i - row);
        }
        const faded = memory.class === 'fading' && i >= row + reach;
        if (faded && !(Math.abs(expected - found) <= memory.tolerance * largest)) return { wrong, reached };
      }
    }
  }
  return { reached };
}

/**
 * A NaN turns values into NaN and never into other values, unless it is an ordinary argument; does so as far as the memory
 * says and no further, which columns of one of the domains have to show; and with a memory that fades its trace fades as declared.
 */
export function nanStaysNaN(subject: Subject, seed: number): string | undefined {
  const { op, params } = subject;
  const { wrong, reached } = follow(subject, seed);
  if (wrong !== undefined) return wrong;
  const memory = op.memory(params);
  if (memory.class !== 'finite' || op.nan !== 'window' || op.inputs.length === 0) return undefined;
  const shown =
    reached === memory.rows - 1 || DOMAINS.some((_, k) => follow(subject, seed + k).reached === memory.rows - 1);
  return shown ? undefined : `a NaN reaches ${reached} rows, the memory says ${memory.rows - 1}`;
}
