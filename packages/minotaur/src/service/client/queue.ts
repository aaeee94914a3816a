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

interface Reader<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (failure: Error) => void;
}

/** `onEmpty` hears that the last message was taken. */
export function createQueue<T>(onEmpty: () => void): Queue<T> {
  let waiting: T[] = [];
  let taken = 0;
  let ended = false;
  let failure: Error | undefined;
  /** Reads that wait, the first first. */
  let readers: Reader<T>[] = [];
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
      // Whoever waits has it at once: nothing else stands between.
      const reader = readers.shift();
      if (reader === undefined) return void waiting.push(message);
      reader.resolve({ done: false, value: message });
      onEmpty();
    },
    end(error) {
      if (ended) return;
      ended = true;
      failure = error;
      for (const { resolve, reject } of readers)
        if (error === undefined) resolve({ done: true, value: undefined });
        else reject(error);
      readers = [];
    },
    next() {
      if (waiting.length > 0) return Promise.resolve({ done: false, value: take() });
      if (failure !== undefined) return Promise.reject(failure);
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => readers.push({ resolve, reject }));
    },
  };
}
