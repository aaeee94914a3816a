/**
 * The port between a live session and whoever serves it. A session hands over what came out of its chain; nobody who reads it
 * is waited for, and what is read is what lies here: the newest in memory, what is older in the journal.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { EngineSinks } from 'minotaur-core/internal/chain/contract';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Position } from '../protocol/position.ts';
import type { PublicationFacts } from './facts.ts';
import { createHeld } from './held.ts';
import { createLog, type Log } from './log.ts';
import { createMonitor, warmupText, type Monitor } from './monitor.ts';
import { createRecent, type Recent, type RecentOptions } from './recent.ts';
import { createCondition, type Reason, type ServiceState } from './status.ts';

/** A session writes here; servers read. */
export interface Publication {
  /** Who publishes. */
  readonly facts: PublicationFacts;
  /** Ears for the chain. What they hear is held until {@link commit}: it must be on record first. */
  readonly sinks: EngineSinks;
  /** The row that the chain makes next has this position, from {@link open} on; forgets what was held. Before the first call nothing is taken. */
  begin(next: Position): void;
  /** The session is on record: what was committed since {@link begin} is published, and so is from here on whatever is. */
  open(): void;
  /**
   * Publishes what the chain has handed over since the last call, and the predictions of its rows. To be called once the push
   * has returned, and thus is on record. `arrival`: of the push, microseconds; NaN where it is not known.
   */
  commit(arrival: number, predictions?: readonly Prediction[]): void;
  /** Forgets what the chain has handed over since then: it could not be put on record. */
  discard(): void;
  /** Something that happened beside rows. */
  event(event: string, data: Readonly<Record<string, unknown>>): void;
  /** From the next prediction on they are by the artefact with this digest. */
  setArtefact(digest: string): void;
  /** What the session is doing. */
  setState(state: ServiceState): void;
  /** Why the service is not ready, or, without text, that this is no reason any more. */
  setReason(code: string, text?: string): void;
  /** Something that is so now, for whoever asks how the session is. */
  setStatus(name: string, value: unknown): void;
  readonly state: ServiceState;
  readonly reasons: readonly Reason[];
  /** By name, as it was set. */
  readonly status: Readonly<Record<string, unknown>>;
  /** Whether {@link open} was called. */
  readonly isOpen: boolean;
  /** The position of the next row. */
  readonly next: Position;
  /** Bytes of everything so far. */
  readonly bytes: number;
  readonly recent: Recent;
  /** By the clock that dates events, microseconds. */
  readonly now: () => number;
  /** How the session is doing. */
  readonly monitor: Monitor;
  /** Calls `listener` after each change, at once: it has to be quick. What is returned ends that. */
  listen(listener: () => void): () => void;
}

/** How much is kept in memory, and by which clock events are dated. */
export interface PublicationOptions extends RecentOptions {
  /** Microseconds since the epoch. */
  readonly now: () => number;
}

/** What is told beside rows, and to whom. */
function createTelling(recent: Recent, log: Log, monitor: Monitor, now: () => number) {
  const condition = createCondition();
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const event = (name: string, data: Readonly<Record<string, unknown>>): void => {
    const message = { kind: 'event', number: recent.events.next, time: now(), event: name, data } as const;
    log.event(message);
    monitor.continuity.hear(message);
    tell();
  };
  return {
    condition,
    tell,
    event,
    setReason(code: string, text?: string): void {
      if (condition.setReason(code, text)) event('reason', { code, text: text ?? null });
    },
    setState(state: ServiceState): void {
      if (condition.setState(state)) event('state', { state });
    },
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What the chain says is held, and holes are told at once. */
function sinksInto(
  held: ReturnType<typeof createHeld>,
  hasBegun: () => boolean,
  event: Publication['event'],
): EngineSinks {
  return {
    onRows: (rows) => hasBegun() && held.rows(rows),
    onBars: (rows) => hasBegun() && held.bars(rows),
    onHole: ({ from, to, missing = null }, instrument) => event('hole', { instrument, from, to, missing }),
  };
}

/** Facts whose artefact may be replaced. */
function replaceable(facts: PublicationFacts): { facts: PublicationFacts; setArtefact(digest: string): void } {
  let { artefact } = facts;
  return {
    facts: {
      ...facts,
      get artefact() {
        return artefact;
      },
    },
    setArtefact: (digest) => void (artefact = digest),
  };
}

/** What a session has committed that is not on record yet. */
function createEarly() {
  let held: (() => void)[] | undefined = [];
  return {
    begin: (first: () => void) => void (held = [first]),
    open(): void {
      const commits = held ?? [];
      held = undefined;
      for (const commit of commits) commit();
    },
    use(commit: () => void): void {
      if (held === undefined) commit();
      else held.push(commit);
    },
  };
}

/** A publication of a session that has not begun. */
export function createPublication(given: PublicationFacts, options: PublicationOptions): Publication {
  const { facts, setArtefact } = replaceable(given);
  const recent = createRecent(facts, options);
  const log = createLog(recent);
  const monitor = createMonitor();
  const { condition, tell, event, setReason, setState, listen } = createTelling(recent, log, monitor, options.now);
  const notReady = (): string => warmupText(monitor.look().warmup) ?? 'no row that is ready';
  const held = createHeld(facts);
  const status: Record<string, unknown> = {};
  let [begun, isOpen] = [false, false];
  let wasReady: boolean | undefined;
  const early = createEarly();
  const put = (out: ReturnType<typeof held.take>, arrival: number, predictions: readonly Prediction[]): void => {
    let ready: boolean | undefined;
    for (const add of out) ready = add(log, arrival) ?? ready;
    log.predictions(predictions, arrival);
    if (isOpen && ready !== undefined && ready !== wasReady) {
      wasReady = ready;
      setReason('warm-up', ready ? undefined : notReady());
    }
    tell();
  };
  return {
    facts,
    sinks: sinksInto(held, () => begun, event),
    begin(next) {
      held.take();
      // A place of it is said once it is on record: until then its epoch may be another's.
      early.begin(() => log.begin(next));
      begun = true;
    },
    open() {
      if (!begun) fail('internal', 'publication', 'a session that has begun', 'none');
      isOpen = true;
      early.open();
      setReason('bootstrapping');
      if (recent.rows.at(recent.rows.next - 1)?.message.ready !== true) setReason('warm-up', notReady());
    },
    commit(arrival, predictions = []) {
      const out = held.take();
      if (out.length > 0) early.use(() => put(out, arrival, predictions));
    },
    discard: () => void held.take(),
    event,
    setState,
    setArtefact,
    setStatus: (name, value) => void (status[name] = value),
    setReason,
    get state() {
      return condition.state;
    },
    get reasons() {
      return condition.reasons;
    },
    status,
    get isOpen() {
      return isOpen;
    },
    get next() {
      return log.next();
    },
    get bytes() {
      return log.bytes();
    },
    recent,
    now: options.now,
    monitor,
    listen,
  };
}
