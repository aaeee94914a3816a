/**
 * Windowed sums whose value is a pure function of the window: the correctly rounded exact sum. A plain running sum
 * (`sum += entering - leaving`) remembers where it started and every extreme value that ever passed through it.
 */
import { addExact, exactSum } from './exact.ts';

/** Slots that {@link windowSum} needs: high, low, count of values that are not finite, whether the sum has lost bits. */
export const WINDOW_SUM_SLOTS = 4;

/**
 * Sums of the last `n` values: `out[i] = values[i-n+1] + ... + values[i]` for i in [from, to), correctly rounded; NaN
 * where the window holds a value that is not finite. Reads `values` back to `from - n`, NaN before the first row.
 *
 * The double-double in `state` stays exact on market data (about 4 ns a row). Where values differ by more than 2^50 it
 * can lose bits; then each window is summed anew, exactly, until a fresh double-double holds it again: same result, slower.
 */
export function windowSum(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  n: number,
  state: Float64Array,
  at = 0,
): void {
  let i = from;
  while (i < to) {
    i = calmSums(values, out, i, to, n, state, at);
    if (i < to) sumWithCare(values, out, i++, n, state, at);
  }
}

/** Sums as long as all values are finite and the double-double is exact; returns the first row that is left to do. */
function calmSums(
  values: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  n: number,
  state: Float64Array,
  at: number,
): number {
  // Stored less n, so that the zeros of a fresh state stand before the first row, where all n values are NaN.
  if (state[at + 2] !== -n || state[at + 3] !== 0) return from;
  let high = state[at];
  let low = state[at + 1];
  let i = from;
  for (; i < to; i++) {
    const plus = values[i];
    const minus = -values[i - n];
    const sum1 = high + plus;
    const shadow1 = sum1 - high;
    const error1 = high - (sum1 - shadow1) + (plus - shadow1);
    const sum2 = sum1 + minus;
    const shadow2 = sum2 - sum1;
    const error2 = sum1 - (sum2 - shadow2) + (minus - shadow2);
    const low1 = low + error1;
    const shadow3 = low1 - low;
    const low2 = low1 + error2;
    const shadow4 = low2 - low1;
    // What the low part could not take: not 0, and for values that are not finite not a number.
    if (low - (low1 - shadow3) + (error1 - shadow3) !== 0) break;
    if (low1 - (low2 - shadow4) + (error2 - shadow4) !== 0) break;
    high = sum2;
    low = low2;
    out[i] = high + low;
  }
  state[at] = high;
  state[at + 1] = low;
  return i;
}

/** One row whatever the values are. */
function sumWithCare(
  values: Float64Array,
  out: Float64Array,
  i: number,
  n: number,
  state: Float64Array,
  at: number,
): void {
  const entering = values[i];
  const leaving = values[i - n];
  // x - x is 0 for finite x only.
  const plus = entering - entering === 0 ? entering : 0;
  const minus = leaving - leaving === 0 ? -leaving : 0;
  const bad = state[at + 2] + n + (entering - entering === 0 ? 0 : 1) - (leaving - leaving === 0 ? 0 : 1);
  state[at + 2] = bad - n;
  const lost1 = addExact(state, at, plus);
  const lost2 = addExact(state, at, minus);
  if (lost1 !== 0 || lost2 !== 0 || state[at] - state[at] !== 0) state[at + 3] = 1;
  if (state[at + 3] === 0) {
    out[i] = bad > 0 ? NaN : state[at] + state[at + 1];
    return;
  }
  out[i] = bad > 0 ? NaN : exactSum(values, i - n + 1, i + 1);
  const anew = freshSum(values, i - n + 1, i + 1);
  state[at] = anew.high;
  state[at + 1] = anew.low;
  state[at + 3] = anew.lossy;
}

const fresh = { high: 0, low: 0, lossy: 0 };

/** Sums the finite values of [from, to) into a double-double and says whether it is exact. */
function freshSum(values: Float64Array, from: number, to: number): typeof fresh {
  let high = 0;
  let low = 0;
  let lossy = 0;
  for (let i = from; i < to; i++) {
    const x = values[i];
    if (x - x !== 0) continue;
    const sum = high + x;
    const shadow = sum - high;
    const error = high - (sum - shadow) + (x - shadow);
    high = sum;
    const lowSum = low + error;
    const lowShadow = lowSum - low;
    if (low - (lowSum - lowShadow) + (error - lowShadow) !== 0 || high - high !== 0) lossy = 1;
    low = lowSum;
  }
  fresh.high = high;
  fresh.low = low;
  fresh.lossy = lossy;
  return fresh;
}
