/** Partitions that failed are begun again: what a log would not give or take for a moment it may give and take now. */

/** Milliseconds until one is begun again, at first and at most: twice as long each time. */
const FIRST_MS = 1000;
const MOST_MS = 60_000;
/** Of tries in a row that come no further than the one before, five minutes in all: what does not pass is the same each time. */
export const MOST_TRIES = 10;

/** How often a partition has been begun again without coming further. */
interface Tried {
  tries: number;
  /** Offset of the furthest event that it came to; -1 where it never began. */
  readonly furthest: number;
  timer: NodeJS.Timeout | undefined;
}

export interface Retries {
  /** It failed at this offset, undefined where it had not begun: it is begun again after a while, or no more. */
  failed(partition: number, position: number | undefined): void;
  /** Whether it is going to be begun again. */
  isWaiting(partition: number): boolean;
  /** It is not its own any more. */
  forget(partition: number): void;
  /** How often partitions have been begun again. */
  readonly count: number;
}

export function createRetries(begin: (partition: number) => void, onNote: (words: string) => void): Retries {
  const all = new Map<number, Tried>();
  let count = 0;
  return {
    failed(partition, position = -1) {
      const known = all.get(partition);
      const isFurther = known === undefined || position > known.furthest;
      const furthest = isFurther ? position : known.furthest;
      const tried: Tried = { tries: isFurther ? 0 : known.tries, furthest, timer: undefined };
      all.set(partition, tried);
      if (tried.tries === MOST_TRIES)
        return onNote(`partition ${partition}: not begun again, ${MOST_TRIES} tries came no further`);
      const pause = Math.min(FIRST_MS << tried.tries, MOST_MS);
      tried.tries++;
      onNote(`partition ${partition}: begun again in ${pause / 1000} s, try ${tried.tries} of ${MOST_TRIES}`);
      tried.timer = setTimeout(() => {
        tried.timer = undefined;
        count++;
        begin(partition);
      }, pause);
    },
    isWaiting: (partition) => all.get(partition)?.timer !== undefined,
    forget(partition) {
      clearTimeout(all.get(partition)?.timer);
      all.delete(partition);
    },
    get count() {
      return count;
    },
  };
}
