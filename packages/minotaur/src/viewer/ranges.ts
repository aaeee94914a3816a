/**
 * What lies in a range of a column, at a cost that hardly grows with the range: blocks of values are folded once. Buckets of any
 * size, and such that hold now many rows and now none, are asked for in the same way.
 */

/** How values become one; NaN counts for nothing. */
export type Fold = 'min' | 'max' | 'sum';

/** A column that can be asked for its ranges. */
export interface Foldable {
  readonly fold: Fold;
  readonly values: Float64Array;
  /** The fold of each whole block. */
  readonly blocks: Float64Array;
}

const BLOCK = 64;
const START = { min: Infinity, max: -Infinity, sum: 0 } as const;

export function foldable(values: Float64Array, fold: Fold): Foldable {
  const blocks = new Float64Array(Math.floor(values.length / BLOCK));
  for (let k = 0; k < blocks.length; k++)
    blocks[k] = folded(values, k * BLOCK, (k + 1) * BLOCK, { fold, start: START[fold] });
  return { fold, values, blocks };
}

/** The fold of values [from, to); NaN where there is none, a sum is then 0. */
export function foldRange({ fold, values, blocks }: Foldable, from: number, to: number): number {
  const [first, last] = [Math.ceil(from / BLOCK), Math.floor(to / BLOCK)];
  let result: number;
  if (first >= last) result = folded(values, from, to, { fold, start: START[fold] });
  else {
    const head = folded(values, from, first * BLOCK, { fold, start: START[fold] });
    const middle = folded(blocks, first, last, { fold, start: head });
    result = folded(values, last * BLOCK, to, { fold, start: middle });
  }
  return Math.abs(result) === Infinity ? NaN : result;
}

function folded(
  values: Float64Array,
  from: number,
  to: number,
  { fold, start }: { readonly fold: Fold; readonly start: number },
): number {
  let result = start;
  if (fold === 'min') for (let i = from; i < to; i++) result = values[i] < result ? values[i] : result;
  else if (fold === 'max') for (let i = from; i < to; i++) result = values[i] > result ? values[i] : result;
  else for (let i = from; i < to; i++) result += Number.isNaN(values[i]) ? 0 : values[i];
  return result;
}
