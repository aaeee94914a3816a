/**
 * Windowed sums whose value is a pure function of the window: the correctly rounded exact sum. A plain running sum
 * (`sum += entering - leaving`) remembers where it started and every extreme value that ever passed through it.
 */
import { exactSum } from './exact.ts';

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
  let high = state[at];
  let low = state[at + 1];
  // A fresh state stands before the first row, where all n values are NaN; stored less n so that zeros mean "fresh".
  let bad = state[at + 2] + n;
  let lossy = state[at + 3];
  for (let i = from; i < to; i++) {
    const entering = values[i];
    const leaving = values[i - n];
    // x - x is 0 for finite x only.
    let plus = entering;
    let minus = -leaving;
    if (entering - entering !== 0) {
      bad++;
      plus = 0;
    }
    if (leaving - leaving !== 0) {
      bad--;
      minus = 0;
    }
    let sum = high + plus;
    let shadow = sum - high;
    const error1 = high - (sum - shadow) + (plus - shadow);
    high = sum;
    sum = high + minus;
    shadow = sum - high;
    const error2 = high - (sum - shadow) + (minus - shadow);
    high = sum;
    sum = low + error1;
    shadow = sum - low;
    const lost1 = low - (sum - shadow) + (error1 - shadow);
    low = sum;
    sum = low + error2;
    shadow = sum - low;
    const lost2 = low - (sum - shadow) + (error2 - shadow);
    low = sum;
    if (lost1 !== 0 || lost2 !== 0 || high - high !== 0) lossy = 1;
    if (lossy === 0) {
      out[i] = bad > 0 ? NaN : high + low;
      continue;
    }
    out[i] = bad > 0 ? NaN : exactSum(values, i - n + 1, i + 1);
    const fresh = freshSum(values, i - n + 1, i + 1);
    lossy = fresh.lossy;
    high = fresh.high;
    low = fresh.low;
  }
  state[at] = high;
  state[at + 1] = low;
  state[at + 2] = bad - n;
  state[at + 3] = lossy;
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
