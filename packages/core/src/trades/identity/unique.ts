/** Ids that are unlike each other and say nothing of order, such as hashes and UUIDs: the newest are remembered. */
import { isAbsent, WORDS, type Identity } from './identity.ts';
import { REMEMBERED } from './rising.ts';

const COUNT = 0;
/** Where in the ring the next goes. */
const NEXT = 1;
/** The ring: the words of each. */
const RING = 2;
export const UNIQUE_LENGTH = RING + WORDS * REMEMBERED;

const PLACE = REMEMBERED - 1;
/** Chains of the index: twice the ids, so that most new ids meet none. A power of 2. */
const CHAINS = 2 * REMEMBERED;

function hashAt(ids: Uint32Array, at: number): number {
  const low = Math.imul(ids[at] ^ (ids[at + 2] >>> 7), 0x9e3779b1);
  const high = Math.imul(ids[at + 1] ^ ids[at + 3], 0x85ebca77);
  const hash = low ^ (low >>> 15) ^ high;
  return hash ^ (hash >>> 13);
}

/**
 * `state` holds UNIQUE_LENGTH zeros at the start. The index is that of LZ77: each id points at the one before of the same chain,
 * newest first, so a chain ends where the ring does and nothing is ever taken out of it. It is derived, and not in the state.
 */
export function createUnique(state: Uint32Array): Identity {
  const ring = state.subarray(RING);
  const heads = new Int32Array(CHAINS).fill(-REMEMBERED - 1);
  const before = new Int32Array(REMEMBERED);
  const hashes = new Int32Array(REMEMBERED);
  /** Ordinal of the next id since the index was made; the lowest bits are its place in the ring. */
  let next = 0;

  function isKnown(hash: number, ids: Uint32Array, at: number): boolean {
    let n = heads[hash & (CHAINS - 1)];
    while (((next - n) | 0) <= REMEMBERED && ((next - n) | 0) > 0) {
      const place = n & PLACE;
      if (hashes[place] === hash && isAt(WORDS * place, ids, at)) return true;
      n = before[place];
    }
    return false;
  }

  function isAt(own: number, ids: Uint32Array, at: number): boolean {
    return (
      ring[own] === ids[at] &&
      ring[own + 1] === ids[at + 1] &&
      ring[own + 2] === ids[at + 2] &&
      ring[own + 3] === ids[at + 3]
    );
  }

  function add(hash: number, ids: Uint32Array, at: number): void {
    const place = next & PLACE;
    const own = WORDS * place;
    ring[own] = ids[at];
    ring[own + 1] = ids[at + 1];
    ring[own + 2] = ids[at + 2];
    ring[own + 3] = ids[at + 3];
    link(hash, place);
  }

  function link(hash: number, place: number): void {
    const chain = hash & (CHAINS - 1);
    before[place] = heads[chain];
    hashes[place] = hash;
    heads[chain] = next;
    next = (next + 1) | 0;
  }

  /** Makes the index of what the ring holds; the places of the ring stay as they are. */
  function rebuild(): void {
    heads.fill(-REMEMBERED - 1);
    const words = new Uint32Array(WORDS);
    const newest = state[NEXT];
    const count = state[COUNT];
    next = (newest - count + REMEMBERED) & PLACE;
    for (let k = 0; k < count; k++) {
      const place = next & PLACE;
      words.set(ring.subarray(WORDS * place, WORDS * (place + 1)));
      link(hashAt(words, 0), place);
    }
  }

  function settle(taken: number): void {
    state[NEXT] = next & PLACE;
    state[COUNT] = Math.min(REMEMBERED, state[COUNT] + taken);
  }

  return {
    run(ids, from, to) {
      let i = from;
      let taken = 0;
      for (let at = WORDS * from; i < to; i++, at += WORDS) {
        const hash = hashAt(ids, at);
        if (isAbsent(ids, at)) continue;
        if (isKnown(hash, ids, at)) break;
        add(hash, ids, at);
        taken++;
      }
      settle(taken);
      return i;
    },
    know(ids, i) {
      const at = WORDS * i;
      if (isAbsent(ids, at)) return 'absent';
      return isKnown(hashAt(ids, at), ids, at) ? 'duplicate' : 'ahead';
    },
    learn(ids, i) {
      const at = WORDS * i;
      const hash = hashAt(ids, at);
      if (isKnown(hash, ids, at)) return;
      add(hash, ids, at);
      settle(1);
    },
    missing: () => 0,
    newest: () => false,
    restored: rebuild,
  };
}
