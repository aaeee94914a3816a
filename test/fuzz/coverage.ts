/** Which blocks of our own code a piece of work reached, as V8 counts them. */
import { Session, type Profiler } from 'node:inspector';

/** Only what lies below this is looked at. */
const OURS = /\/packages\/(?:core|minotaur)\/src\//;

export interface Coverage {
  /** Blocks that were entered since the last look, by names of their own. */
  reached(): string[];
  stop(): void;
}

export function watchCoverage(): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = (): Profiler.ScriptCoverage[] => {
    let found: Profiler.ScriptCoverage[] = [];
    // It answers at once: both are in one thread.
    session.post('Profiler.takePreciseCoverage', (_, { result }) => (found = result));
    return found;
  };
  take();
  return {
    reached: () =>
      take()
        .filter(({ url }) => OURS.test(url))
        .flatMap(({ scriptId, functions }) =>
          functions.flatMap(({ ranges }) =>
            ranges.flatMap(({ count, startOffset, endOffset }) =>
              count > 0 ? [`${scriptId}:${startOffset}:${endOffset}`] : [],
            ),
          ),
        ),
    stop: () => session.disconnect(),
  };
}
