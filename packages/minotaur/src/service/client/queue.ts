/** What has come and has not been read. */

/** Messages of one stream, for one reader. */
export interface Queue<T> {
  /** How many wait. */
  readonly size: number;
  push(message: T): void;
  /** The end of what comes: behind what waits, or, where something went wrong, that. */
  end(failure?: Error): void;
  readonly isEnded: boolean;
  next(): Promise<IteratorResult<T, undefined>>;
}

/** `onEmpty` hears that the last message was taken. */
export function createQueue<T>(onEmpty: () => void): Queue<T> {
  let waiting: T[] = [];
  let taken = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  const take = (): T => {
    const message = waiting[taken++];
    if (taken === waiting.length) {
      waiting = [];
      taken = 0;
      onEmpty();
    }
    return message;
  };
  return {
    get size() {
      return waiting.length - taken;
    },
    get isEnded() {
      return ended;
    },
    push(message) {
      waiting.push(message);
      wake();
    },
    end(error) {
      if (ended) return;
      ended = true;
      failure = error;
      wake();
    },
    async next() {
      while (waiting.length === 0) {
        if (failure !== undefined) throw failure;
        if (ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return { done: false, value: take() };
    },
  };
}
