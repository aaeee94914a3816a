/** Answers that the journal has to be read for: a few at once, others wait in line, and the line has an end. */
import { RequestError } from './requests.ts';

/** Answers that are gathered at once, each of up to 10,000 rows in memory. */
const AT_ONCE = 4;
/** Requests that wait for that, at most. */
const WAITING = 64;

/** Does work when it is its turn. @throws {RequestError} 503 where too many wait */
export type JournalLine = <T>(work: () => Promise<T>) => Promise<T>;

export function createJournalLine(): JournalLine {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING)
        throw new RequestError(503, `expected at most ${WAITING} requests that wait for the journal`);
      // Whoever ends hands its place on.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
