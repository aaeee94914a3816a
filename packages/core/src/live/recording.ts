/** Sessions and engines that tell a recorder what they see and say; the chain itself knows nothing of it. */
import type { Described, Engine, EngineSinks, EventFacts, Feed } from '../chain/contract.ts';
import type { Trade, TradeBlock } from '../trades/trade.ts';
import type { RecordedState, Recorder } from './record.ts';
import { eventsInto } from './recorded-events.ts';
import type { Prediction } from './predictor.ts';
import type { Session, SessionState } from './session.ts';

/** What ends a record as a session should end; without it, it reads as cut off by a crash. The chain may go on unrecorded. */
export interface Stoppable {
  /** Ends the record. */
  stop(): void;
}

/** States that go with an engine's. */
export interface BesideEngine extends Omit<RecordedState, 'engine'> {
  /** Where what follows is another history than what followed then: the epoch that begins. */
  readonly epoch?: number | undefined;
}

/** An engine whose events, rows and snapshots are recorded. */
export interface RecordedEngine extends Feed, Described, Stoppable {
  /**
   * The predictor's state goes with the engine's, where rows are predicted beside it. `over` is one of the engine's that nobody needs any
   * more: its bytes are written anew.
   */
  snapshot(predictor?: Uint8Array, over?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** Goes on from a snapshot, of the predictor and of the rows' digest too where there are any. */
  restore(bytes: Uint8Array, beside?: BesideEngine): void;
}

/** A session whose events, rows, predictions and snapshots are recorded. */
export interface RecordedSession extends Omit<Session, 'restore'>, Stoppable {
  /** Goes on from the state of a session, and of the rows' digest where there is one. */
  restore(state: SessionState & Omit<RecordedState, 'engine' | 'predictor'>, epoch?: number): void;
}

/** The facts of a push of a block, so that it is known which of its trades was refused. */
function watching(facts: EventFacts | undefined, chain: Described): { facts: EventFacts; refused: () => number } {
  let at = 0;
  const place = (row: number): string => {
    at = row;
    return facts?.place?.(row) ?? `trade ${chain.counts().trades + 1}`;
  };
  return { facts: { ...facts, place }, refused: () => at };
}

/** Sinks that record rows and gaps, and remember that something went out, which is worth a write. */
function listening(recorder: Recorder): Listening {
  let emitted = false;
  const ears: Listening = {
    declaring: false,
    sinks: {
      onRows(rows) {
        recorder.rows(rows);
        emitted = true;
      },
      onHole(hole) {
        if (!ears.declaring) recorder.gap(hole);
      },
    },
    flush() {
      if (emitted) recorder.flush();
      emitted = false;
    },
  };
  return ears;
}

interface Listening {
  readonly sinks: EngineSinks;
  /** Whether the hole that is told of next is on record as an event. */
  declaring: boolean;
  flush(): void;
}

/** Tells the chain of a hole that is on record already. */
function declare<T>(ears: Listening, hole: () => T): T {
  ears.declaring = true;
  try {
    return hole();
  } finally {
    ears.declaring = false;
  }
}

/**
 * Records the engine that `make` makes with the sinks it is given; hand them your own ears too, if you have any.
 *
 *     const engine = recordEngine(journal, (sinks) => createEngine(config, sinks));
 *     engine.push(trade, { arrival: receivedAt });
 */
export function recordEngine(recorder: Recorder, make: (sinks: EngineSinks) => Engine): RecordedEngine {
  const ears = listening(recorder);
  const { sinks, flush } = ears;
  const engine = make(sinks);
  const events = eventsInto(recorder, engine, () => ({ engine: engine.snapshot() }));
  const recorded = (what: string, event: () => void): void => {
    try {
      event();
    } catch (error) {
      events.refused(what, 0, error);
      throw error;
    }
    flush();
  };
  return {
    ...engine,
    push(trades, facts) {
      const what = events.trades(trades, facts);
      // As `recorded`, but without a function made for every trade.
      const block = isBlock(trades) ? watching(facts, engine) : undefined;
      try {
        engine.push(trades, block === undefined ? facts : block.facts);
      } catch (error) {
        events.refused(what, block?.refused() ?? 0, error);
        throw error;
      }
      flush();
    },
    pushBar(bar, facts) {
      recorded(events.bar(bar, facts), () => engine.pushBar(bar, facts));
    },
    pushSeries(name, row, facts) {
      recorded(events.series(name, row, facts), () => engine.pushSeries(name, row, facts));
    },
    advance(time, facts) {
      recorded(events.advance(time, facts), () => engine.advance(time, facts));
    },
    hole(hole, facts) {
      recorded(events.hole(hole, facts), () => declare(ears, () => engine.hole(hole, facts)));
    },
    release(time, facts) {
      recorded(events.release(time, facts), () => engine.release(time, facts));
    },
    snapshot(predictor, over) {
      const bytes = engine.snapshot(over);
      events.snapshot({ engine: bytes, predictor });
      return bytes;
    },
    restore(bytes, { epoch, ...beside } = {}) {
      engine.restore(bytes, epoch);
      events.restored({ engine: bytes, ...beside });
    },
    stop: () => events.stop(),
  };
}

function isBlock(trades: Trade | TradeBlock): boolean {
  return typeof trades === 'object' && trades !== null && 'length' in trades;
}

type Predicted = Promise<readonly Prediction[]>;

/** Records an event, then what was predicted with it, or why it was refused. */
function predictionsInto(
  recorder: Recorder,
  session: Session,
  events: ReturnType<typeof eventsInto>,
  flush: () => void,
): (record: () => string, event: () => Predicted, row?: () => number) => Predicted {
  let busy = false;
  return async (record, event, row = () => 0) => {
    // An event that comes too early is refused by the session before the chain sees it: there is nothing to record.
    if (busy) return event();
    const what = record();
    busy = true;
    try {
      const predictions = await event();
      const first = session.counts().rows - predictions.length;
      predictions.forEach((prediction, i) => recorder.prediction(prediction, first + i));
      flush();
      return predictions;
    } catch (error) {
      events.refused(what, row(), error);
      throw error;
    } finally {
      busy = false;
    }
  };
}

/**
 * Records the session that `make` makes with the sinks it is given. Events have to come in through what is returned. A
 * state to go on from is restored through it too, before the first event.
 *
 *     const journal = createJournal('journal/BTCUSDT');
 *     const session = recordSession(journal, (sinks) =>
 *       createSession({ engine: (ears) => createEngine(config, ears), artefact, model, sinks }));
 *     const predictions = await session.push(trade, { arrival: receivedAt });   // microseconds, by your feed's clock
 *     session.stop();
 */
export function recordSession(recorder: Recorder, make: (sinks: EngineSinks) => Session): RecordedSession {
  const ears = listening(recorder);
  const { sinks, flush } = ears;
  const session = make(sinks);
  const events = eventsInto(recorder, session, () => session.snapshot());
  const recorded = predictionsInto(recorder, session, events, flush);
  return {
    ...session,
    push(trades, facts) {
      const block = isBlock(trades) ? watching(facts, session) : undefined;
      return recorded(
        () => events.trades(trades, facts),
        () => session.push(trades, block === undefined ? facts : block.facts),
        block?.refused,
      );
    },
    pushBar(bar, facts) {
      return recorded(
        () => events.bar(bar, facts),
        () => session.pushBar(bar, facts),
      );
    },
    pushSeries(name, row, facts) {
      return recorded(
        () => events.series(name, row, facts),
        () => session.pushSeries(name, row, facts),
      );
    },
    advance(time, facts) {
      return recorded(
        () => events.advance(time, facts),
        () => session.advance(time, facts),
      );
    },
    hole(hole, facts) {
      return recorded(
        () => events.hole(hole, facts),
        () => declare(ears, () => session.hole(hole, facts)),
      );
    },
    release(time, facts) {
      return recorded(
        () => events.release(time, facts),
        () => session.release(time, facts),
      );
    },
    snapshot(over) {
      const state = session.snapshot(over);
      events.snapshot(state);
      return state;
    },
    restore(state, epoch) {
      session.restore(state, epoch);
      events.restored(state);
    },
    stop: () => events.stop(),
  };
}
