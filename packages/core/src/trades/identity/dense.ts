/** Dense ids, each one more than that before: what was seen is a few ranges, and what is missing is known. */
import { ABSENT, isAbsent, WORD, WORDS, writeNumber, type Identity } from './identity.ts';

/** Ranges that are remembered; where there are more, the oldest goes. */
export const RANGES = 64;

const COUNT = 0;
/** 1 once a range has gone: what is below the first is not known any more. */
const FORGOTTEN = 1;
/** Ranges, lowest first, apart from each other: low and high word of the first id, then of the last. */
const FIRST = 2;
const RANGE = 4;
export const DENSE_LENGTH = FIRST + RANGE * RANGES;

/** Whether the second number of 64 bits is one more than the first. */
function follows(low: number, high: number, nextLow: number, nextHigh: number): boolean {
  return low === ABSENT ? nextLow === 0 && nextHigh === high + 1 : nextLow === low + 1 && nextHigh === high;
}

/** `state` holds DENSE_LENGTH zeros at the start. */
export function createDense(state: Uint32Array): Identity {
  /** The range that holds the number or, where none does, the first above it: its index. */
  function find(low: number, high: number): number {
    let r = state[COUNT];
    while (r > 0) {
      const at = FIRST + RANGE * (r - 1);
      if (state[at + 3] < high || (state[at + 3] === high && state[at + 2] < low)) break;
      r--;
    }
    return r;
  }

  function holds(r: number, low: number, high: number): boolean {
    const at = FIRST + RANGE * r;
    return r < state[COUNT] && (state[at + 1] < high || (state[at + 1] === high && state[at] <= low));
  }

  function insert(r: number, low: number, high: number): void {
    if (state[COUNT] === RANGES) {
      state[FORGOTTEN] = 1;
      if (r === 0) return;
      state.copyWithin(FIRST, FIRST + RANGE, FIRST + RANGE * RANGES);
      state[COUNT]--;
      r--;
    }
    const at = FIRST + RANGE * r;
    state.copyWithin(at + RANGE, at, FIRST + RANGE * state[COUNT]);
    state[COUNT]++;
    state[at] = state[at + 2] = low;
    state[at + 1] = state[at + 3] = high;
  }

  /** Makes one of range `r` and the next. */
  function merge(r: number): void {
    const at = FIRST + RANGE * r;
    const end = FIRST + RANGE * state[COUNT];
    state[at + 2] = state[at + RANGE + 2];
    state[at + 3] = state[at + RANGE + 3];
    state.copyWithin(at + RANGE, at + 2 * RANGE, end);
    state.fill(0, end - RANGE, end);
    state[COUNT]--;
  }

  return {
    run(ids, from, to) {
      const newest = FIRST + RANGE * (state[COUNT] - 1);
      // In 32-bit integers, which is all that this loop may cost. 0: before the first id, or where the next is in the next word.
      let next = state[COUNT] === 0 ? 0 : (state[newest + 2] + 1) | 0;
      const high = state[newest + 3] | 0;
      let i = from;
      for (let at = WORDS * from; i < to; i++, at += WORDS) {
        const isNext = ((ids[at] ^ next) | (ids[at + 1] ^ high) | ids[at + 2] | ids[at + 3]) === 0;
        if (isNext && next !== 0) next = (next + 1) | 0;
        else if (!isAbsent(ids, at)) break;
      }
      if (state[COUNT] > 0) state[newest + 2] = (next - 1) >>> 0;
      return i;
    },
    know(ids, i) {
      const at = WORDS * i;
      if (isAbsent(ids, at)) return 'absent';
      if (ids[at + 2] !== 0 || ids[at + 3] !== 0) return 'unfit';
      const r = find(ids[at], ids[at + 1]);
      if (r === state[COUNT]) return 'ahead';
      if (holds(r, ids[at], ids[at + 1])) return 'duplicate';
      return r === 0 && state[FORGOTTEN] === 1 ? 'forgotten' : 'late';
    },
    learn(ids, i) {
      const low = ids[WORDS * i];
      const high = ids[WORDS * i + 1];
      const r = find(low, high);
      if (holds(r, low, high)) return;
      const below = FIRST + RANGE * (r - 1);
      const above = FIRST + RANGE * r;
      const extendsBelow = r > 0 && follows(state[below + 2], state[below + 3], low, high);
      const extendsAbove = r < state[COUNT] && follows(low, high, state[above], state[above + 1]);
      if (extendsBelow) {
        state[below + 2] = low;
        state[below + 3] = high;
        if (extendsAbove) merge(r - 1);
      } else if (extendsAbove) {
        state[above] = low;
        state[above + 1] = high;
      } else insert(r, low, high);
    },
    missing(ids, i) {
      if (state[COUNT] === 0) return 0;
      const newest = FIRST + RANGE * (state[COUNT] - 1);
      return (ids[WORDS * i + 1] - state[newest + 3]) * WORD + (ids[WORDS * i] - state[newest + 2]) - 1;
    },
    newest(into) {
      const newest = FIRST + RANGE * (state[COUNT] - 1);
      return state[COUNT] > 0 && writeNumber(into, state[newest + 2], state[newest + 3]);
    },
    restored: () => undefined,
  };
}
