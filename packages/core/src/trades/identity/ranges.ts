/** Numbers of 64 bits that were seen, as a few ranges in words of 32 bits. */
import { ABSENT } from '../id.ts';

/** Ranges that are remembered; where there are more, the oldest goes. */
export const RANGES = 64;

export const COUNT = 0;
/** 1 once a range has gone: what is below the first is not known any more. */
export const FORGOTTEN = 1;
/** Ranges, lowest first, apart from each other: low and high word of the first number, then of the last. */
export const FIRST = 2;
export const RANGE = 4;
export const RANGES_LENGTH = FIRST + RANGE * RANGES;

/** The range that holds the number or, where none does, the first above it: its index. */
export function findRange(state: Uint32Array, low: number, high: number): number {
  let r = state[COUNT];
  while (r > 0) {
    const at = FIRST + RANGE * (r - 1);
    if (state[at + 3] < high || (state[at + 3] === high && state[at + 2] < low)) break;
    r--;
  }
  return r;
}

/** Whether range `r`, found by {@link findRange}, holds the number. */
export function isWithin(state: Uint32Array, r: number, low: number, high: number): boolean {
  const at = FIRST + RANGE * r;
  return r < state[COUNT] && (state[at + 1] < high || (state[at + 1] === high && state[at] <= low));
}

/** Adds a number: to the range below or above it, to both, or as a range of its own. */
export function addNumber(state: Uint32Array, low: number, high: number): void {
  const r = findRange(state, low, high);
  if (isWithin(state, r, low, high)) return;
  const below = FIRST + RANGE * (r - 1);
  const above = FIRST + RANGE * r;
  const extendsBelow = r > 0 && follows(state[below + 2], state[below + 3], low, high);
  const extendsAbove = r < state[COUNT] && follows(low, high, state[above], state[above + 1]);
  if (extendsBelow) {
    state[below + 2] = low;
    state[below + 3] = high;
    if (extendsAbove) merge(state, r - 1);
  } else if (extendsAbove) {
    state[above] = low;
    state[above + 1] = high;
  } else insert(state, r, low, high);
}

/** Whether the second number is one more than the first. */
function follows(low: number, high: number, nextLow: number, nextHigh: number): boolean {
  return low === ABSENT ? nextLow === 0 && nextHigh === high + 1 : nextLow === low + 1 && nextHigh === high;
}

function insert(state: Uint32Array, at: number, low: number, high: number): void {
  let r = at;
  if (state[COUNT] === RANGES) {
    state[FORGOTTEN] = 1;
    if (r === 0) return;
    state.copyWithin(FIRST, FIRST + RANGE, FIRST + RANGE * RANGES);
    state[COUNT]--;
    r--;
  }
  const own = FIRST + RANGE * r;
  state.copyWithin(own + RANGE, own, FIRST + RANGE * state[COUNT]);
  state[COUNT]++;
  state[own] = state[own + 2] = low;
  state[own + 1] = state[own + 3] = high;
}

/** Makes one of range `r` and the next. */
function merge(state: Uint32Array, r: number): void {
  const at = FIRST + RANGE * r;
  const end = FIRST + RANGE * state[COUNT];
  state[at + 2] = state[at + RANGE + 2];
  state[at + 3] = state[at + RANGE + 3];
  state.copyWithin(at + RANGE, at + 2 * RANGE, end);
  state.fill(0, end - RANGE, end);
  state[COUNT]--;
}
