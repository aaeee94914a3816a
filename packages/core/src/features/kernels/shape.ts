/**
 * Shapes of candlestick patterns: which bits of `candle_traits` or `candle_steps` the newest three candles must have and must not. Most
 * rows are told from a pattern by them alone, without a branch that could go either way; the rest is left to a check.
 */
import type { OperatorIO } from '../contract/operator.ts';

/** Bits that a candle must have, and those that it must not. */
type Bits = number | { readonly has: number; readonly not: number };

/** A result, and the candles that have it, the newest first; of more than three, the check looks at the others. */
export interface Shape {
  readonly result: number;
  readonly candles: readonly Bits[];
}

export function shape(result: number, ...candles: readonly Bits[]): Shape {
  return { result, candles };
}

/** The result of a pattern at row i, whose candles have the shape of `result`; `c` are the columns. */
export type Check = (c: readonly Float64Array[], i: number, result: number, params: readonly number[]) => number;

/** Two shapes, each as bits looked at and bits wanted of three candles, and its result; the second may be the first again. */
export type Shapes = Int32Array;

const LENGTH = 7;

export function compile(shapes: readonly Shape[]): Shapes {
  const compiled = new Int32Array(2 * LENGTH);
  [shapes[0], shapes.at(-1) as Shape].forEach(({ result, candles }, s) => {
    candles.forEach((bits, k) => {
      const { has, not } = typeof bits === 'number' ? { has: bits, not: 0 } : bits;
      compiled.set([has | not, has], s * LENGTH + 2 * k);
    });
    compiled[s * LENGTH + 6] = result;
  });
  return compiled;
}

/** Writes the results of [from, to), NaN where fewer than `known` candles in a row have bits. */
export function scan(
  { in: c, out: { 0: out }, params, state }: OperatorIO,
  from: number,
  to: number,
  shapes: Shapes,
  known: number,
  check: Check | undefined,
): void {
  const { 4: bits } = c;
  const { 0: look0, 1: want0, 2: look1, 3: want1, 4: look2, 5: want2, 6: result } = shapes;
  const { 7: also0, 8: wish0, 9: also1, 10: wish1, 11: also2, 12: wish2, 13: other } = shapes;
  let clean = state[0] | 0;
  let before = bits[from - 1] | 0;
  let twoBefore = bits[from - 2] | 0;
  for (let i = from; i < to; i++) {
    // A NaN becomes 0, which no candle has: it is white or black.
    const now = bits[i] | 0;
    const differs = ((now & look0) ^ want0) | ((before & look1) ^ want1) | ((twoBefore & look2) ^ want2);
    const strays = ((now & also0) ^ wish0) | ((before & also1) ^ wish1) | ((twoBefore & also2) ^ wish2);
    // Bits lie below 2^30, so only 0 less 1 is negative: no choice that goes either way. Two shapes are never there at once, unless
    // they have one result.
    const value = (((differs - 1) >> 31) & result) | (((strays - 1) >> 31) & other);
    out[i] = value;
    clean = now === 0 ? 0 : clean + 1;
    if (clean < known) out[i] = NaN;
    twoBefore = before;
    before = now;
  }
  state[0] = Math.min(clean, known);
  if (check !== undefined) judge(c, out, params, from, to, check);
}

/** Has the last word on every result: a loop of its own, so that its calls do not push the masks out of the registers. */
function judge(
  c: readonly Float64Array[],
  out: Float64Array,
  params: readonly number[],
  from: number,
  to: number,
  check: Check,
): void {
  for (let i = from; i < to; i++) {
    const result = out[i];
    if (result !== 0 && result === result) out[i] = check(c, i, result, params);
  }
}
