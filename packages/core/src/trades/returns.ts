/**
 * Log returns between successive trades, with more digits than a double has. Where a price walks in equal steps its returns
 * differ by the square of the relative step, 2e-14 for a cent on 67,000; a rounded return is off by up to a billionth of
 * that, a rounded ratio of prices by a hundredth, so a second double keeps what rounding took.
 */
import { log1p } from '../base/elementary/index.ts';
import { rowAt } from '../base/vectors/vectors.ts';
import type { Tape } from './tape.ts';

/**
 * Numbers of the loop, in an array because the engine makes each constant anew in every turn and keeps what it loads in registers.
 * First the bound above which returns differ by so much that one double does; below it six terms of log1p are all. Then what cuts a
 * double into halves whose products are exact, and the price beyond which that would overflow. Then 1 and the terms of log1p.
 */
const NUMBERS = Float64Array.of(1 / 4096, 134217729, 1e300, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6);

/** Rows that are written one by one before two at a time are tried again. */
const AWAY = 32;

/** What returns are made of. */
export type PricedTape = Pick<Tape, 'price' | 'logReturn' | 'logReturnLow' | 'vectors'>;

/**
 * Writes the returns of the first `length` trades of the tape: log1p of the step relative to the price before. `before[0]` is the
 * price before the first, NaN where there is none. A price at or below 0 has no logarithm: NaN. A price that stayed goes the same way to its 0,
 * because whether a price moves is what a processor cannot guess.
 *
 * Source: the remainder of a quotient by exact products, Dekker, A Floating-Point Technique for Extending the Available
 * Precision (1971).
 */
export function writeReturns(tape: PricedTape, length: number, before: Float64Array): void {
  const { price, logReturn, logReturnLow, vectors } = tape;
  // The first by itself, whose price before is not on the tape.
  for (let i = 0, end = vectors === undefined ? length : 1; i < length; end = Math.min(length, i + AWAY)) {
    writeReturnsOf(tape, i, end, before);
    i = end;
    if (vectors === undefined || length - i < 2) continue;
    i += vectors.tradeReturns(rowAt(price, i), rowAt(logReturn, i), rowAt(logReturnLow, i), length - i);
  }
}

/** Those of trades [from, to), one by one. */
function writeReturnsOf(tape: PricedTape, from: number, to: number, before: Float64Array): void {
  const { price, logReturn, logReturnLow } = tape;
  const { 0: small, 1: split, 2: far, 3: one, 4: half, 5: third, 6: quarter, 7: fifth, 8: sixth } = NUMBERS;
  let p = from > 0 ? price[from - 1] : before[0] === before[0] ? before[0] : price[0];
  for (let i = from; i < to; i++) {
    const next = price[i];
    const step = next - p;
    const inverse = one / p;
    const x = step * inverse;
    if (Math.abs(x) < small && p > 0 && p < far) {
      let cut = split * x;
      const xHigh = cut - (cut - x);
      const xLow = x - xHigh;
      cut = split * p;
      const pHigh = cut - (cut - p);
      const pLow = p - pHigh;
      const rest = step - xHigh * pHigh - xHigh * pLow - xLow * pHigh - xLow * pLow;
      const tail = rest * inverse + x * x * (x * (third + x * (x * (fifth - x * sixth) - quarter)) - half);
      const high = x + tail;
      logReturn[i] = high;
      logReturnLow[i] = tail - (high - x);
    } else {
      logReturn[i] = p > 0 && next > 0 ? log1p(step / p) : NaN;
      logReturnLow[i] = 0;
    }
    p = next;
  }
}
