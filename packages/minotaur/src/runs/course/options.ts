/** What every run takes beside its own options: somebody who is told how far it is, and somebody who may stop it. */
import { setImmediate } from 'node:timers/promises';
import { callback, thing, type Kind, type Optional } from 'minotaur-core/internal/base/options';

/** How far a run is. */
export interface Progress {
  /** What is being done: a run has one step or several, one after the other. */
  readonly step: string;
  /** Amount done in this step. */
  readonly done: number;
  /** Amount in all; absent where it is not known before the end. */
  readonly total?: number;
  /** What is counted: `trades`, `rows`, `columns`... */
  readonly unit: string;
}

/** What every run takes. */
export interface RunOptions {
  /** Told of progress, some times a second at most where the run works in blocks. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Stops the run at its next block: it rejects with the signal's reason, and outputs that were there before stay as they
   * are.
   */
  readonly signal?: AbortSignal | undefined;
}

/** What stops a run: told by what it does, since programs have such signals of their own. */
export const abortSignal: Kind<AbortSignal> = thing(
  'an AbortSignal',
  (value) => 'throwIfAborted' in value && 'addEventListener' in value,
);

export const RUN: Optional<RunOptions> = { onProgress: callback, signal: abortSignal };

/** The way of a run through one of its steps. */
export interface Course {
  /** Says that so much more is done. @throws the reason of an aborted run */
  tell(amount: number): void;
  /** The same, and lets an abort that is on its way arrive. */
  add(amount: number): Promise<void>;
}

export interface Step {
  readonly step: string;
  readonly unit: string;
  readonly total?: number | undefined;
}

/** Begins a step. @throws the reason of an aborted run */
export function createCourse({ onProgress, signal }: RunOptions, { step, unit, total }: Step): Course {
  let done = 0;
  const tell = (amount: number): void => {
    done += amount;
    onProgress?.({ step, done, unit, ...(total !== undefined && { total }) });
    signal?.throwIfAborted();
  };
  tell(0);
  return {
    tell,
    async add(amount) {
      tell(amount);
      await checkpoint(signal);
    },
  };
}

/** Lets an abort that is on its way arrive, and throws its reason. */
export async function checkpoint(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  await setImmediate();
  signal.throwIfAborted();
}

/**
 * When a run begins, for {@link secondsSince}.
 * @throws the reason, where it was aborted before
 */
export function beginRun({ signal }: RunOptions): number {
  signal?.throwIfAborted();
  return performance.now();
}

/** Seconds since a run, or a step of it, began. */
export function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
