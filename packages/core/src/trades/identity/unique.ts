/** Ids that are unlike each other and say nothing of order, such as hashes and UUIDs: the newest are remembered. */
import { ID_WORDS, isAbsent } from '../id.ts';
import type { Identity } from './identity.ts';
import { REMEMBERED } from './rising.ts';

const COUNT = 0;
/** Where in the ring the next goes. */
const NEXT = 1;
/** The ring: the words of each. */
const RING = 2;
export const UNIQUE_LENGTH = RING + ID_WORDS * REMEMBERED;

const PLACE = REMEMBERED - 1;
/** Chains of the index: many more than ids, so that nearly all new ids meet none. A power of 2. */
const CHAINS = 4 * REMEMBERED;
/** An ordinal that is older than all. */
const NEVER = -REMEMBERED - 1;

function hashAt(ids: Uint32Array, at: number): number {
  const high = Math.imul(ids[at + 1], 0x85ebca77) ^ Math.imul(ids[at + 2] ^ (ids[at + 3] << 1), 0xc2b2ae3d);
  const hash = Math.imul(ids[at] ^ high, 0x9e3779b1);
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 15);
}

function isAt(ring: Uint32Array, place: number, ids: Uint32Array, at: number): boolean {
  const own = ID_WORDS * place;
  return (
    ring[own] === ids[at] &&
    ring[own + 1] === ids[at + 1] &&
    ring[own + 2] === ids[at + 2] &&
    ring[own + 3] === ids[at + 3]
  );
}

/** The ids of the ring, oldest first. */
function inOrder(ring: Uint32Array, first: number, count: number): Uint32Array {
  const ids = new Uint32Array(ID_WORDS * count);
  for (let k = 0; k < count; k++) {
    const own = ID_WORDS * ((first + k) & PLACE);
    ids.set(ring.subarray(own, own + ID_WORDS), ID_WORDS * k);
  }
  return ids;
}

/**
 * `state` holds UNIQUE_LENGTH zeros at the start. The index is that of LZ77: each id points at the one before of the same chain,
 * newest first, so a chain ends where the ring does and nothing is ever taken out of it. It is derived, and not in the state.
 */
export function createUnique(state: Uint32Array): Identity {
  const ring = state.subarray(RING);
  /** Of each chain the ordinal of its newest id; the lowest bits of an ordinal are a place in the ring. */
  const heads = new Int32Array(CHAINS).fill(NEVER);
  /** Of each place the ordinal before in its chain, and the hash of its id. */
  const links = new Int32Array(2 * REMEMBERED);
  /** Ordinal of the next id since the index was made. */
  let next = 0;

  /** Takes ids [from, to) until one is known or absent; the one, or `to`. In one loop: a call for each id costs as much again. */
  function takeTo(ids: Uint32Array, from: number, to: number): number {
    let end = next;
    let i = from;
    scan: for (let at = ID_WORDS * from; i < to; i++, at += ID_WORDS) {
      const hash = hashAt(ids, at);
      const chain = hash & (CHAINS - 1);
      const head = heads[chain];
      // A difference that wrapped around is that of an id that is long gone, too.
      for (let n = head; (end - n - 1) >>> 0 < REMEMBERED; n = links[2 * (n & PLACE)])
        if (links[2 * (n & PLACE) + 1] === hash && isAt(ring, n & PLACE, ids, at)) break scan;
      if (ids[at] === ids[at + 1] && isAbsent(ids, at)) break;
      const place = end & PLACE;
      links[2 * place] = head;
      links[2 * place + 1] = hash;
      heads[chain] = end;
      ring[ID_WORDS * place] = ids[at];
      ring[ID_WORDS * place + 1] = ids[at + 1];
      ring[ID_WORDS * place + 2] = ids[at + 2];
      ring[ID_WORDS * place + 3] = ids[at + 3];
      end = (end + 1) | 0;
    }
    state[COUNT] = Math.min(REMEMBERED, state[COUNT] + ((end - next) | 0));
    state[NEXT] = end & PLACE;
    next = end;
    return i;
  }

  function isKnown(ids: Uint32Array, at: number): boolean {
    const hash = hashAt(ids, at);
    for (let n = heads[hash & (CHAINS - 1)]; (next - n - 1) >>> 0 < REMEMBERED; n = links[2 * (n & PLACE)])
      if (links[2 * (n & PLACE) + 1] === hash && isAt(ring, n & PLACE, ids, at)) return true;
    return false;
  }

  return {
    run(ids, from, to) {
      let i = from;
      while ((i = takeTo(ids, i, to)) < to && isAbsent(ids, ID_WORDS * i)) i++;
      return i;
    },
    know(ids, i) {
      if (isAbsent(ids, ID_WORDS * i)) return 'absent';
      return isKnown(ids, ID_WORDS * i) ? 'duplicate' : 'ahead';
    },
    learn(ids, i) {
      takeTo(ids, i, i + 1);
    },
    missing: () => 0,
    newest: () => false,
    restored() {
      const kept = state[COUNT];
      heads.fill(NEVER);
      state[COUNT] = 0;
      // Their places stay as they are: they are taken again from that of the oldest on.
      next = (state[NEXT] - kept + REMEMBERED) & PLACE;
      takeTo(inOrder(ring, next, kept), 0, kept);
    },
  };
}
