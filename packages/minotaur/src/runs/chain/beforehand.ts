/** What a chain over files takes, begun before its code is there. */
import { prepareAhead } from '../../files/parquet/prepare-ahead.ts';
import { preparingThreads } from '../../node/threads.ts';

/** Runs `run`, which will load a chain and read files of these names: a thread that reads begins meanwhile. */
export function begunBefore<T>(names: readonly string[], run: () => Promise<T>): Promise<T> {
  return preparingThreads(() => {
    prepareAhead(names);
    return run();
  });
}
