/** What the wire takes from the world, handed in: clocks, chance, timers, requests. */
import { randomInt } from 'node:crypto';
import type { Uniform } from 'minotaur-core/internal/base/random';

export interface Surroundings {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Microseconds since the epoch, by this machine's clock. */
  readonly wall: () => number;
  readonly uniform: Uniform;
  /** Runs something once, so many milliseconds later; what is returned calls it off. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly fetch: typeof fetch;
}

/** Those of this process. */
export function processSurroundings(): Surroundings {
  return {
    now: () => performance.now(),
    wall: () => 1000 * Date.now(),
    uniform: () => randomInt(2 ** 32) / 2 ** 32,
    later(milliseconds, run) {
      // A timer takes at most 2^31 - 1, three weeks; whoever waits longer is early, which harms nothing here.
      const timer = setTimeout(run, Math.min(milliseconds, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    fetch,
  };
}

/** One thing to be done at the earliest of the times that it was set to. */
export interface Alarm {
  /** A later time than the one that is set changes nothing: whoever is woken too early sets it again. */
  set(at: number): void;
  cancel(): void;
}

/** Wakes `run`, by `around`'s clock. */
export function createAlarm({ now, later }: Surroundings, run: () => void): Alarm {
  let set = Infinity;
  let off = (): void => {};
  return {
    set(at) {
      if (at >= set) return;
      off();
      set = at;
      off = later(Math.max(1, Math.ceil(at - now())), () => {
        set = Infinity;
        run();
      });
    },
    cancel() {
      off();
      set = Infinity;
    },
  };
}
