/** What one row leaves behind: a print of 1e15, or a row without values. */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';
import { DOMAINS, putNaN, tameShape, type Columns } from '../../memory/sample-columns.ts';
import { outputs, type Subject } from '../drive.ts';
import { tableOf, TIMES } from '../samples.ts';
import { valuesAt, wrong, type Wrong } from '../law.ts';
import type { OperatorLaw } from './difference.ts';

const PRINT = 1e15;
/** Rows judged after the window has passed. */
const AFTER = 30;
/** Columns that are tried before a NaN is said not to reach as far as declared. */
const TRIES = 9;

/** Each row tells a good deal: a third of the samples is enough. */
const third = (asked: number): number => Math.ceil(asked / 3);

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
  const memory = op.memory(params, TOLERANCE);
  const reach = memory.class === 'unbounded' ? op.lookback(params) + 1 : memory.rows;
  const row = op.lookback(params) + 5 + (seed % 40);
  const rows = row + reach + AFTER;
  const table = tableOf(op.inputs, tameShape(seed, DOMAINS[seed % 3]), rows);
  const marked = Object.fromEntries(Object.entries(table).map(([name, column]) => [name, column.slice()]));
  mark(Object.fromEntries(names.map((name) => [name, marked[name]])), row);
  return { clean: outputs(subject, table, rows), marked: outputs(subject, marked, rows), row, rows, reach };
}

/** Each input alone, and all at once. */
function places({ op }: Subject): (readonly string[])[] {
  const names = op.inputs.filter((name) => !TIMES.includes(name));
  return names.length > 1 ? [...names.map((name) => [name]), names] : [names];
}

export const printsLeave: OperatorLaw = {
  name: 'L4 prints',
  says: 'an extreme print is gone, to the bit, once it has left the window',
  samples: third,
  check(subject, { at }) {
    if (subject.op.memory(subject.params, TOLERANCE).class !== 'finite') return undefined;
    for (const names of places(subject)) {
      const put = (table: Columns, row: number): void => names.forEach((name) => (table[name][row] = PRINT));
      const { clean, marked, row, rows, reach } = runs(subject, at, names, put);
      for (let k = 0; k < clean.length; k++) {
        for (let i = 0; i < rows; i++) {
          if ((i >= row && i < row + reach) || sameBits(clean[k][i], marked[k][i])) continue;
          const when = `${i - row} rows after a print in ${names.join(', ')}`;
          return valuesAt(when, subject.op.outputs[k], i, clean[k][i], marked[k][i]);
        }
      }
    }
    return undefined;
  },
};

/** What a NaN does: what is wrong with it, and the rows after it that it reaches. */
function follow(subject: Subject, seed: number): { readonly found?: Wrong; readonly reached: number } {
  let reached = 0;
  for (const names of places(subject)) {
    const all = runs(subject, seed, names, (table, at) => putNaN(table, at, names));
    for (let k = 0; k < all.clean.length; k++) {
      const one = followOutput(subject, names, all, k);
      reached = Math.max(reached, one.reached);
      if (one.found !== undefined) return { found: one.found, reached };
    }
  }
  return { reached };
}

function followOutput(
  { op, params }: Subject,
  names: readonly string[],
  { clean, marked, row, rows, reach }: Runs,
  k: number,
): { readonly found?: Wrong; readonly reached: number } {
  const memory = op.memory(params, TOLERANCE);
  let largest = 0;
  let reached = 0;
  for (let i = 0; i < rows; i++) {
    const [expected, value] = [clean[k][i], marked[k][i]];
    if (Math.abs(expected) > largest) largest = Math.abs(expected);
    if (sameBits(expected, value)) continue;
    const found = valuesAt(`${i - row} rows after a NaN in ${names.join(', ')}`, op.outputs[k], i, expected, value);
    if (i < row) return { found, reached };
    if (memory.class === 'finite') {
      if (i >= row + reach || (op.nan === 'window' && !Number.isNaN(value))) return { found, reached };
      reached = Math.max(reached, i - row);
    }
    const faded = memory.class === 'fading' && i >= row + reach;
    if (faded && !(Math.abs(expected - value) <= memory.tolerance * largest)) return { found, reached };
  }
  return { reached };
}

export const missingStays: OperatorLaw = {
  name: 'L6 missing values',
  says: 'a NaN turns values into NaN and never into others, as far as the memory says and no further, unless it is an ordinary argument',
  samples: third,
  check(subject, { at }) {
    const { op, params } = subject;
    const { found, reached } = follow(subject, at);
    if (found !== undefined) return found;
    const memory = op.memory(params, TOLERANCE);
    if (memory.class !== 'finite' || op.nan !== 'window' || op.inputs.length === 0) return undefined;
    let longest = reached;
    for (let k = 1; k < TRIES && longest < memory.rows - 1; k++)
      longest = Math.max(longest, follow(subject, at + k).reached);
    if (longest === memory.rows - 1) return undefined;
    return wrong('a NaN', `it to reach ${memory.rows - 1} rows, as the memory says`, `${longest} rows`);
  },
};
