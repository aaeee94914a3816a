/** One request under way, the next after a while: what every joiner asks a venue by. */
import type { JoinerSinks, RepairRequest } from './contract.ts';

/** Milliseconds until an empty answer is asked for again, at first and at most; each time twice as long. */
const FIRST_RETRY = 50;
const LONGEST_RETRY = 5000;

export interface Requests {
  /** The request under way. */
  readonly open: RepairRequest | undefined;
  /** Requests so far. */
  readonly count: number;
  /** When the next may be made; where one is under way, Infinity. */
  readonly due: number;
  /** Asks, where none is under way and it is time. */
  ask(what: Omit<RepairRequest, 'number'>, now: number): void;
  /** The request under way where `number` is its; it is over then. */
  close(number: number): RepairRequest | undefined;
  /** There was something in it: the next may be made at once. */
  progressed(): void;
  /** There was nothing in it. */
  postpone(now: number, atLeast?: number): void;
}

export function createRequests(onRequest: JoinerSinks['onRequest']): Requests {
  let open: RepairRequest | undefined;
  let count = 0;
  let notBefore = -Infinity;
  let pause = FIRST_RETRY;
  return {
    get open() {
      return open;
    },
    get count() {
      return count;
    },
    get due() {
      return open === undefined ? notBefore : Infinity;
    },
    ask(what, now) {
      if (open !== undefined || now < notBefore) return;
      open = { ...what, number: ++count };
      onRequest(open);
    },
    close(number) {
      if (open?.number !== number) return undefined;
      const closed = open;
      open = undefined;
      return closed;
    },
    progressed() {
      notBefore = -Infinity;
      pause = FIRST_RETRY;
    },
    postpone(now, atLeast = 0) {
      notBefore = now + Math.max(pause, atLeast);
      pause = Math.min(2 * pause, LONGEST_RETRY);
    },
  };
}
