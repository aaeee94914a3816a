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
import { createLog } from './log.ts';
import { createRecent, type Recent, type RecentOptions } from './recent.ts';
import { createCondition, type Reason, type ServiceState } from './status.ts';

/** A session writes here; servers read. */
export interface Publication {
  /** Who publishes. */
  readonly facts: PublicationFacts;
  /** Ears for the chain. What they hear is held until {@link commit}: it must be on record first. */
  readonly sinks: EngineSinks;
  /** The row that the chain makes next has this position; forgets what was held. Before the first call nothing is taken. */
  begin(next: Position): void;
  /** From here on there are subscribers: what was published before is their past. */
  open(): void;
  /**
   * Publishes what the chain has handed over since the last call, and the predictions of its rows. To be called once the push
   * has returned, and thus is on record. `arrival`: of the push, microseconds; NaN where it is not known.
   */
  commit(arrival: number, predictions?: readonly Prediction[]): void;
  /** Something that happened beside rows. */
  event(event: string, data: Readonly<Record<string, unknown>>): void;
  /** From the next prediction on they are by the artefact with this digest. */
  setArtefact(digest: string): void;
  /** What the session is doing. */
  setState(state: ServiceState): void;
  /** Why the service is not ready, or, without text, that this is no reason any more. */
  setReason(code: string, text?: string): void;
  readonly state: ServiceState;
  readonly reasons: readonly Reason[];
  /** Whether {@link open} was called. */
  readonly isOpen: boolean;
  /** The position of the next row. */
  readonly next: Position;
  /** Bytes of everything so far. */
  readonly bytes: number;
  readonly recent: Recent;
  /** Calls `listener` after each change, at once: it has to be quick. What is returned ends that. */
  listen(listener: () => void): () => void;
}

/** How much is kept in memory, and by which clock events are dated. */
export interface PublicationOptions extends RecentOptions {
  /** Microseconds since the epoch. */
  readonly now: () => number;
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

/** A publication of a session that has not begun. */
export function createPublication(given: PublicationFacts, options: PublicationOptions): Publication {
  const { facts, setArtefact } = replaceable(given);
  const recent = createRecent(facts, options);
  const log = createLog(recent);
  const condition = createCondition();
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const event = (name: string, data: Readonly<Record<string, unknown>>): void => {
    log.event({ kind: 'event', number: recent.events.next, time: options.now(), event: name, data });
    tell();
  };
  const setReason = (code: string, text?: string): void => {
    if (condition.setReason(code, text)) event('reason', { code, text: text ?? null });
  };
  const held = createHeld(facts);
  let [begun, isOpen] = [false, false];
  return {
    facts,
    sinks: {
      onRows: (rows) => begun && held.rows(rows),
      onBars: (rows) => begun && held.bars(rows),
      onHole: ({ from, to, missing = null }, instrument) => event('hole', { instrument, from, to, missing }),
    },
    begin(next) {
      log.begin(next);
      held.take();
      begun = true;
    },
    open() {
      if (!begun) fail('internal', 'publication', 'a session that has begun', 'none');
      isOpen = true;
      setReason('bootstrapping');
      if (recent.rows.at(recent.rows.next - 1)?.message.ready !== true) setReason('warm-up', 'no row that is ready');
    },
    commit(arrival, predictions = []) {
      const out = held.take();
      let ready: boolean | undefined;
      for (const add of out) ready = add(log, arrival) ?? ready;
      log.predictions(predictions, arrival);
      if (isOpen && ready !== undefined) setReason('warm-up', ready ? undefined : 'the newest row is not ready');
      if (out.length > 0) tell();
    },
    event,
    setArtefact,
    setState(state) {
      if (condition.setState(state)) event('state', { state });
    },
    setReason,
    get state() {
      return condition.state;
    },
    get reasons() {
      return condition.reasons;
    },
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
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
