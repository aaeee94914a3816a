/** Attempts to connect: one at a time, and not more than the venue allows, for all that one address of this machine connects. */
import type { Surroundings } from './surroundings.ts';

/** Venues count over five minutes. */
const WINDOW_MINUTES = 5;
/** Where nothing is known. */
const DEFAULT_PER_MINUTE = 30;

/** An attempt that waits, or is under way. */
export interface Attempt {
  /** It has come to something, or to nothing: the next may begin. */
  done(): void;
}

export interface Attempts {
  /** Runs `begin` when it is its turn. */
  queue(begin: () => void): Attempt;
}

export function createAttempts(perMinute: number | null, { now, later }: Surroundings): Attempts {
  const most = Math.max(1, Math.floor((perMinute ?? DEFAULT_PER_MINUTE) * WINDOW_MINUTES));
  const waiting: (() => void)[] = [];
  const begun: number[] = [];
  let busy = false;
  const turn = (): void => {
    if (busy || waiting.length === 0) return;
    while (begun.length > 0 && begun[0] <= now() - WINDOW_MINUTES * 60_000) begun.shift();
    if (begun.length >= most) {
      later(begun[0] + WINDOW_MINUTES * 60_000 - now(), turn);
      return;
    }
    busy = true;
    begun.push(now());
    waiting.shift()?.();
  };
  return {
    queue(begin) {
      let state: 'waiting' | 'under way' | 'done' = 'waiting';
      const run = (): void => {
        state = 'under way';
        begin();
      };
      waiting.push(run);
      turn();
      return {
        done() {
          if (state === 'waiting') waiting.splice(waiting.indexOf(run), 1);
          if (state === 'under way') busy = false;
          state = 'done';
          turn();
        },
      };
    },
  };
}
