/** Dense ids, each one more than that before: what was seen is a few ranges, and what is missing is known. */
import { ID_WORDS, isAbsent, WORD } from '../id.ts';
import { writeNumber, type Identity } from './identity.ts';
import { addNumber, COUNT, findRange, FIRST, FORGOTTEN, isWithin, RANGE, RANGES_LENGTH } from './ranges.ts';

export const DENSE_LENGTH = RANGES_LENGTH;

/** `state` holds DENSE_LENGTH zeros at the start. */
export function createDense(state: Uint32Array): Identity {
  const newestRange = (): number => FIRST + RANGE * (state[COUNT] - 1);
  return {
    run(ids, from, to, tape) {
      const newest = newestRange();
      // In 32-bit integers, which is all that this loop may cost. 0: before the first id, or where the next is in the next word.
      let next = state[COUNT] === 0 ? 0 : (state[newest + 2] + 1) | 0;
      const high = state[newest + 3] | 0;
      let i = from;
      if (tape?.vectors !== undefined && tape.staged > 0 && next !== 0) {
        // Not as far as the next word.
        i += tape.vectors.denseIds(tape.ids.byteOffset, Math.min(to - from, -next >>> 0), next, high);
        next = (next + i - from) | 0;
      }
      for (let at = ID_WORDS * i; i < to; i++, at += ID_WORDS) {
        const isNext = ((ids[at] ^ next) | (ids[at + 1] ^ high) | ids[at + 2] | ids[at + 3]) === 0;
        if (isNext && next !== 0) next = (next + 1) | 0;
        else if (!isAbsent(ids, at)) break;
      }
      if (state[COUNT] > 0) state[newest + 2] = (next - 1) >>> 0;
      return i;
    },
    know(ids, i) {
      const at = ID_WORDS * i;
      if (isAbsent(ids, at)) return 'absent';
      if (ids[at + 2] !== 0 || ids[at + 3] !== 0) return 'unfit';
      const r = findRange(state, ids[at], ids[at + 1]);
      if (r === state[COUNT]) return 'ahead';
      if (isWithin(state, r, ids[at], ids[at + 1])) return 'duplicate';
      return r === 0 && state[FORGOTTEN] === 1 ? 'forgotten' : 'late';
    },
    learn: (ids, i) => addNumber(state, ids[ID_WORDS * i], ids[ID_WORDS * i + 1]),
    missing(ids, i) {
      if (state[COUNT] === 0) return 0;
      const newest = newestRange();
      return (ids[ID_WORDS * i + 1] - state[newest + 3]) * WORD + (ids[ID_WORDS * i] - state[newest + 2]) - 1;
    },
    newest(into) {
      const newest = newestRange();
      return state[COUNT] > 0 && writeNumber(into, state[newest + 2], state[newest + 3]);
    },
    restored: () => undefined,
  };
}
