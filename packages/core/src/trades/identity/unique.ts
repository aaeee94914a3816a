/** Ids that are unlike each other and say nothing of order, such as hashes and UUIDs: the newest are remembered. */
import { isAbsent, WORDS, type Identity } from './identity.ts';
import { REMEMBERED } from './rising.ts';

const COUNT = 0;
/** Where in the ring the next goes. */
const NEXT = 1;
/** The ring: the words of each. */
const RING = 2;
export const UNIQUE_SLOTS = RING + WORDS * REMEMBERED;

/** Places of the index: few are taken, so that most new ids meet none. A power of 2. */
const PLACES = 4 * REMEMBERED;

function hashOf(w0: number, w1: number, w2: number, w3: number): number {
  let hash = Math.imul(
    w0 ^ Math.imul(w1, 0x9e3779b1) ^ Math.imul(w2, 0x85ebca77) ^ Math.imul(w3, 0xc2b2ae3d),
    0x27d4eb2f,
  );
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** `state` holds UNIQUE_SLOTS zeros at the start. */
export function createUnique(state: Float64Array): Identity {
  const ring = state.subarray(RING);
  // Derived: which place of the ring, from 1, an id is at, by its hash; the next free place where that is taken.
  const index = new Uint16Array(PLACES);
  const hashes = new Int32Array(REMEMBERED);

  /** Where in the index the id is, or would be. */
  function seek(hash: number, ids: Uint32Array, at: number): number {
    let place = hash & (PLACES - 1);
    while (index[place] !== 0) {
      const k = index[place] - 1;
      if (hashes[k] === hash && isAt(k, ids, at)) break;
      place = (place + 1) & (PLACES - 1);
    }
    return place;
  }

  function isAt(k: number, ids: Uint32Array, at: number): boolean {
    const own = WORDS * k;
    return (
      ring[own] === ids[at] &&
      ring[own + 1] === ids[at + 1] &&
      ring[own + 2] === ids[at + 2] &&
      ring[own + 3] === ids[at + 3]
    );
  }

  /** Takes the id at place `k` of the ring out of the index, and closes the space so that no search ends there. */
  function remove(k: number): void {
    let hole = hashes[k] & (PLACES - 1);
    while (index[hole] !== k + 1) hole = (hole + 1) & (PLACES - 1);
    for (let place = (hole + 1) & (PLACES - 1); index[place] !== 0; place = (place + 1) & (PLACES - 1)) {
      const home = hashes[index[place] - 1] & (PLACES - 1);
      if (((place - home) & (PLACES - 1)) < ((place - hole) & (PLACES - 1))) continue;
      index[hole] = index[place];
      hole = place;
    }
    index[hole] = 0;
  }

  /** Takes an id that was not seen; `true`. */
  function take(hash: number, ids: Uint32Array, at: number): void {
    const next = state[NEXT];
    if (state[COUNT] === REMEMBERED) remove(next);
    else state[COUNT]++;
    const own = WORDS * next;
    for (let w = 0; w < WORDS; w++) ring[own + w] = ids[at + w];
    hashes[next] = hash;
    index[seek(hash, ids, at)] = next + 1;
    state[NEXT] = (next + 1) & (REMEMBERED - 1);
  }

  const hashAt = (ids: Uint32Array, at: number): number => hashOf(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);

  return {
    run(ids, from, to) {
      let i = from;
      for (let at = WORDS * from; i < to; i++, at += WORDS) {
        if (isAbsent(ids, at)) continue;
        const hash = hashAt(ids, at);
        if (index[seek(hash, ids, at)] !== 0) break;
        take(hash, ids, at);
      }
      return i;
    },
    know(ids, i) {
      const at = WORDS * i;
      if (isAbsent(ids, at)) return 'absent';
      return index[seek(hashAt(ids, at), ids, at)] === 0 ? 'ahead' : 'duplicate';
    },
    learn(ids, i) {
      const at = WORDS * i;
      const hash = hashAt(ids, at);
      if (index[seek(hash, ids, at)] === 0) take(hash, ids, at);
    },
    missing: () => 0,
    newest: () => false,
    restored() {
      index.fill(0);
      const words = new Uint32Array(WORDS);
      for (let k = 0; k < state[COUNT]; k++) {
        words.set(ring.subarray(WORDS * k, WORDS * (k + 1)));
        hashes[k] = hashAt(words, 0);
        // Their order in the index follows from the ring alone; which of two stands first changes no answer.
        index[seek(hashes[k], words, 0)] = k + 1;
      }
    },
  };
}
