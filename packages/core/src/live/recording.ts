/** Sessions and engines that tell a recorder what they see and say; the chain itself knows nothing of it. */
import type { GivenBar } from '../bars/given.ts';
import type { BarFacts, Described, Engine, EngineSinks, EventFacts, Feed } from '../chain/contract.ts';
import { complaintOf } from '../trades/door.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import type { RecordedState, Recorder } from './record.ts';
import type { Prediction } from './predictor.ts';
import type { Session } from './session.ts';

/** What ends a record as a session should end; without it, it reads as cut off by a crash. The chain may go on unrecorded. */
export interface Stoppable {
  /** Ends the record. */
  stop(): void;
}

/** An engine whose events, rows and snapshots are recorded. Where no arrival is given, an event's own time stands for it. */
export interface RecordedEngine extends Feed, Described, Stoppable {
  /** The predictor's state goes with the engine's, where rows are predicted beside it. */
  snapshot(predictor?: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Goes on from a snapshot, of the predictor beside it too. */
  restore(bytes: Uint8Array, predictor?: Uint8Array): void;
}

/** A session whose events, rows, predictions and snapshots are recorded. */
export interface RecordedSession extends Session, Stoppable {}

/** The arrival of event `i` of a push; `own`, its own time, where none is given. */
function arrivalOf(facts: EventFacts | undefined, i: number, own: number): number {
  const arrival = facts?.arrival;
  if (arrival === undefined) return own;
  return typeof arrival === 'number' ? arrival : arrival[i];
}

/** Writes each event down before the chain sees it, and what the chain refused after. A session begins with its first event. */
function eventsInto(recorder: Recorder, chain: Described, stateNow: () => RecordedState) {
  const single = createTradeBlock(1);
  single.length = 1;
  let started = false;
  let state = chain.counts().trades > 0 ? stateNow() : undefined;
  const start = (): void => {
    if (!started) recorder.start(chain.plan, state);
    started = true;
  };
  return {
    restored(to: RecordedState): void {
      state = to;
      started = false;
    },
    snapshot(taken: RecordedState): void {
      start();
      recorder.snapshot(taken);
    },
    stop(): void {
      recorder.stop();
      started = false;
      state = stateNow();
    },
    trades(trades: Trade | TradeBlock, facts: EventFacts | undefined): void {
      // What is no trade is refused before it is an event.
      if (complaintOf(trades) !== undefined) return;
      start();
      if ('length' in trades) {
        const { length, time } = trades;
        for (let i = 0; i < length; i++) recorder.trade(trades, i, arrivalOf(facts, i, time[i]), i + 1 < length);
        return;
      }
      setTrade(single, 0, trades);
      recorder.trade(single, 0, arrivalOf(facts, 0, trades.time), false);
    },
    bar(bar: GivenBar, facts: BarFacts | undefined): void {
      start();
      recorder.bar(bar, facts?.clock ?? '', arrivalOf(facts, 0, bar.available_at ?? bar.close_time));
    },
    advance(time: number, facts: EventFacts | undefined): void {
      start();
      recorder.advance(time, arrivalOf(facts, 0, time));
    },
    refused(error: unknown): void {
      recorder.refused(error instanceof Error ? error.message : String(error));
      recorder.flush();
    },
  };
}

/** Sinks that record rows and remember that something went out, which is worth a write. */
function listening(recorder: Recorder): { sinks: EngineSinks; flush(): void } {
  let emitted = false;
  const sinks: EngineSinks = {
    onRows(rows) {
      recorder.rows(rows);
      emitted = true;
    },
  };
  const flush = (): void => {
    if (emitted) recorder.flush();
    emitted = false;
  };
  return { sinks, flush };
}

/**
 * Records the engine that `make` makes with the sinks it is given; hand them your own ears too, if you have any.
 *
 *     const engine = recordEngine(journal, (sinks) => createEngine(config, sinks));
 *     engine.push(trade, { arrival: receivedAt });
 */
export function recordEngine(recorder: Recorder, make: (sinks: EngineSinks) => Engine): RecordedEngine {
  const { sinks, flush } = listening(recorder);
  const engine = make(sinks);
  const events = eventsInto(recorder, engine, () => ({ engine: engine.snapshot() }));
  const recorded = (event: () => void): void => {
    try {
      event();
    } catch (error) {
      events.refused(error);
      throw error;
    }
    flush();
  };
  return {
    ...engine,
    // As `recorded`, but without a function made for every trade.
    push(trades, facts) {
      events.trades(trades, facts);
      try {
        engine.push(trades, facts);
      } catch (error) {
        events.refused(error);
        throw error;
      }
      flush();
    },
    pushBar(bar, facts) {
      events.bar(bar, facts);
      recorded(() => engine.pushBar(bar, facts));
    },
    advance(time, facts) {
      events.advance(time, facts);
      recorded(() => engine.advance(time, facts));
    },
    snapshot(predictor) {
      const bytes = engine.snapshot();
      events.snapshot({ engine: bytes, predictor });
      return bytes;
    },
    restore(bytes, predictor) {
      engine.restore(bytes);
      events.restored({ engine: bytes, predictor });
    },
    stop: () => events.stop(),
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
  const { sinks, flush } = listening(recorder);
  const session = make(sinks);
  const events = eventsInto(recorder, session, () => session.snapshot());
  let busy = false;
  type Predicted = Promise<readonly Prediction[]>;
  const recorded = async (record: () => void, event: () => Predicted): Predicted => {
    // An event that comes too early is refused by the session before the chain sees it: there is nothing to record.
    if (busy) return event();
    record();
    busy = true;
    try {
      const predictions = await event();
      for (const prediction of predictions) recorder.prediction(prediction);
      flush();
      return predictions;
    } catch (error) {
      events.refused(error);
      throw error;
    } finally {
      busy = false;
    }
  };
  return {
    ...session,
    push(trades, facts) {
      return recorded(
        () => events.trades(trades, facts),
        () => session.push(trades, facts),
      );
    },
    pushBar(bar, facts) {
      return recorded(
        () => events.bar(bar, facts),
        () => session.pushBar(bar, facts),
      );
    },
    advance(time, facts) {
      return recorded(
        () => events.advance(time, facts),
        () => session.advance(time, facts),
      );
    },
    snapshot() {
      const state = session.snapshot();
      events.snapshot(state);
      return state;
    },
    restore(state) {
      session.restore(state);
      events.restored(state);
    },
    stop: () => events.stop(),
  };
}
