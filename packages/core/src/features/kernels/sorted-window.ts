/** A window kept in ascending order, in the state of an operator. What is not finite is left out of it. */

/** Slots: how many values are held, then the values. */
const HELD = 0;
const FIRST = 1;

export function sortedSlots(n: number): number {
  return FIRST + n;
}

/** Moves the window on by one row and returns how many values it holds, in `state[1 ...]`: the NaNs are missing. */
export function slideSorted(state: Float64Array, entering: number, leaving: number): number {
  let held = state[HELD];
  // x - x is 0 for finite x only.
  const leaves = leaving - leaving === 0;
  let hole = leaves ? placeOf(state, held, leaving) : FIRST + held++;
  if (entering - entering === 0) {
    for (; hole > FIRST && state[hole - 1] > entering; hole--) state[hole] = state[hole - 1];
    for (; hole < held && state[hole + 1] < entering; hole++) state[hole] = state[hole + 1];
    state[hole] = entering;
  } else {
    held--;
    for (; hole <= held; hole++) state[hole] = state[hole + 1];
  }
  state[HELD] = held;
  return held;
}

/** Slot of the first value that is not below `x`. */
function placeOf(state: Float64Array, held: number, x: number): number {
  let low = FIRST;
  let high = FIRST + held - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (state[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
