/** Ids that rise and leave numbers out: the newest are remembered in order. What is missing cannot be known. */
import { ID_WORDS, isAbsent } from '../id.ts';
import { writeNumber, type Identity } from './identity.ts';

/** Ids that are remembered. A power of 2. */
export const REMEMBERED = 8192;

const SIGN = 0x80000000;
const COUNT = 0;
/** Where in the ring the next goes. */
const NEXT = 1;
/** The ring: low and high word of each. */
const RING = 2;
export const RISING_LENGTH = RING + 2 * REMEMBERED;

/** How many of those remembered are below the number. */
function rank(state: Uint32Array, low: number, high: number): number {
  const oldest = state[NEXT] - state[COUNT];
  let from = 0;
  let to = state[COUNT];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const at = RING + 2 * ((oldest + middle) & (REMEMBERED - 1));
    if (state[at + 1] < high || (state[at + 1] === high && state[at] < low)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** `state` holds RISING_LENGTH zeros at the start. */
export function createRising(state: Uint32Array): Identity {
  const ring = state.subarray(RING);
  /** Place in the ring of the k-th oldest. */
  const place = (k: number): number => 2 * ((state[NEXT] - state[COUNT] + k) & (REMEMBERED - 1));
  function holds(k: number, low: number, high: number): boolean {
    return k < state[COUNT] && ring[place(k)] === low && ring[place(k) + 1] === high;
  }

  return {
    run(ids, from, to) {
      let next = state[NEXT];
      const last = 2 * ((next - 1) & (REMEMBERED - 1));
      // Words in 32-bit integers, in whose order they are once the sign is turned.
      let low = ring[last] ^ SIGN;
      let high = ring[last + 1] ^ SIGN;
      let isFirst = state[COUNT] === 0;
      let i = from;
      let taken = 0;
      for (let at = ID_WORDS * from; i < to; i++, at += ID_WORDS) {
        const ownLow = ids[at] ^ SIGN;
        const ownHigh = ids[at + 1] ^ SIGN;
        const isAhead = ownHigh > high || (ownHigh === high && ownLow > low) || isFirst;
        if (isAhead && (ids[at + 2] | ids[at + 3]) === 0) {
          low = ownLow;
          high = ownHigh;
          isFirst = false;
          ring[2 * next] = ids[at];
          ring[2 * next + 1] = ids[at + 1];
          next = (next + 1) & (REMEMBERED - 1);
          taken++;
        } else if (!isAbsent(ids, at)) break;
      }
      state[NEXT] = next;
      state[COUNT] = Math.min(REMEMBERED, state[COUNT] + taken);
      return i;
    },
    know(ids, i) {
      const at = ID_WORDS * i;
      if (isAbsent(ids, at)) return 'absent';
      if (ids[at + 2] !== 0 || ids[at + 3] !== 0) return 'unfit';
      const k = rank(state, ids[at], ids[at + 1]);
      if (k === state[COUNT]) return 'ahead';
      if (holds(k, ids[at], ids[at + 1])) return 'duplicate';
      return k === 0 && state[COUNT] === REMEMBERED ? 'forgotten' : 'late';
    },
    learn(ids, i) {
      const low = ids[ID_WORDS * i];
      const high = ids[ID_WORDS * i + 1];
      const k = rank(state, low, high);
      if (holds(k, low, high) || (k === 0 && state[COUNT] === REMEMBERED)) return;
      // Those above it move on by one, and where the ring is full the oldest goes.
      for (let j = state[COUNT]; j > k; j--) ring.copyWithin(place(j), place(j - 1), place(j - 1) + 2);
      ring[place(k)] = low;
      ring[place(k) + 1] = high;
      state[NEXT] = (state[NEXT] + 1) & (REMEMBERED - 1);
      state[COUNT] = Math.min(REMEMBERED, state[COUNT] + 1);
    },
    missing: () => 0,
    newest(into) {
      const last = 2 * ((state[NEXT] - 1) & (REMEMBERED - 1));
      return state[COUNT] > 0 && writeNumber(into, ring[last], ring[last + 1]);
    },
    restored: () => undefined,
  };
}
