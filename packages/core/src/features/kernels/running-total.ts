/** Sums that go on from the first row, without rounding. */
import { addExact } from '../../base/exact.ts';

/** Slots of {@link runningTotal}: the sum in two parts. */
export const RUNNING_TOTAL_SLOTS = 2;

/** The sum of all values up to each row, rounded once; a row with NaN has none, and adds nothing. */
export function runningTotal(x: Float64Array, out: Float64Array, from: number, to: number, state: Float64Array): void {
  for (let i = from; i < to; i++) {
    if (x[i] === x[i]) {
      addExact(state, 0, x[i]);
      out[i] = state[0] + state[1];
    } else out[i] = NaN;
  }
}
