/** A journal into a bus in a thread of its own: whoever records it does not wait for it. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { followOn, isFinal, type FollowStatus } from '../../bus/follower/follow.ts';
import { runInWorker, type Caller, type Watch } from '../../node/worker.ts';
import { nameBus, withLog, type BusOptions } from './open.ts';

/** Which journal, and where to. */
export interface FollowTask extends Omit<BusOptions, 'onNote'> {
  readonly journal: string;
  /** Name of the chain; that of its instrument where absent. */
  readonly chain?: string | undefined;
}

/** How far it is, or what passes: a broker that does not answer, or why nothing more is written. */
export type FollowNote = { readonly status: FollowStatus } | { readonly trouble: string; readonly isOver: boolean };

/** Events of a message. */
const BATCH = 1000;
/** Milliseconds that what is left may take once nobody records any more. */
const FAREWELL_MS = 3000;

/** Until the signal, and what is left then. */
export function followInThread(task: FollowTask, watch: Watch<FollowNote>): Promise<void> {
  return runInWorker(import.meta.url, { followInBackground }, task, watch);
}

/** What the thread does; found by name. @public */
export async function followInBackground(task: FollowTask, { signal, tell }: Caller<FollowNote>): Promise<void> {
  const end = new AbortController();
  const farewell = (): void => void setTimeout(() => end.abort(), FAREWELL_MS).unref();
  signal.addEventListener('abort', farewell, { once: true });
  if (signal.aborted) farewell();
  const named = await nameBus(task);
  const onNote = (trouble: string): void => tell({ trouble, isOver: false });
  const onTrouble = (error: MinotaurError): void => tell({ trouble: error.message, isOver: isFinal(error) });
  await withLog(named, { ...task, onNote }, (log) => {
    const { journal, chain } = task;
    const { prefix: bus } = named.address;
    const onStatus = (status: FollowStatus): void => tell({ status });
    return followOn(
      { log, journal, bus, chain, follows: true, batch: BATCH, signal, end: end.signal, onStatus },
      onTrouble,
    );
  });
}
