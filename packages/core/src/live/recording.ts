/** Sessions and engines that tell a recorder what they see and say; the chain itself knows nothing of it. */
import type { GivenBar } from '../bars/given.ts';
import type { Engine, EngineSinks } from '../chain/engine.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import type { RecordedState, Recorder } from './record.ts';
import type { Prediction } from './predictor.ts';
import type { Session, SessionState } from './session.ts';

/** When trades came in, microseconds by the feed's clock: one time, or one for each of a block. */
export type Arrival = number | Float64Array;

/** An engine whose events, rows and snapshots are recorded. Where no arrival is given, an event's own time stands for it. */
export interface RecordedEngine extends Engine {
  push(trades: Trade | TradeBlock, place?: (row: number) => string, arrival?: Arrival): void;
  pushBar(bar: GivenBar, clock?: string, arrival?: number): void;
  advance(time: number, arrival?: number): void;
  /** The predictor's state goes with the engine's, where rows are predicted beside it. */
  snapshot(predictor?: Uint8Array): Uint8Array<ArrayBuffer>;
  restore(bytes: Uint8Array, predictor?: Uint8Array): void;
  /** Ends the record as a session should end; without it, it reads as cut off by a crash. */
  stop(): void;
}

/** A session whose events, rows, predictions and snapshots are recorded. */
export interface RecordedSession extends Session {
  push(trades: Trade | TradeBlock, arrival?: Arrival): Promise<readonly Prediction[]>;
  pushBar(bar: GivenBar, clock?: string, arrival?: number): Promise<readonly Prediction[]>;
  advance(time: number, arrival?: number): Promise<readonly Prediction[]>;
  /** Ends the session in the journal; the chain may go on unrecorded. */
  stop(): void;
}

/** Writes each event down before the chain sees it, and what the chain refused after. A session begins with its first event. */
function eventsInto(recorder: Recorder, engine: Engine, stateNow: () => RecordedState) {
  const single = createTradeBlock(1);
  single.length = 1;
  let started = false;
  let state = engine.counts().trades > 0 ? stateNow() : undefined;
  const start = (): void => {
    if (!started) recorder.start(engine.plan, state);
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
    trades(trades: Trade | TradeBlock, arrival: Arrival | undefined): void {
      start();
      if ('length' in trades) {
        for (let i = 0; i < trades.length; i++) {
          const at = arrival === undefined ? trades.time[i] : typeof arrival === 'number' ? arrival : arrival[i];
          recorder.trade(trades, i, at, i + 1 < trades.length);
        }
        return;
      }
      setTrade(single, 0, trades);
      recorder.trade(single, 0, typeof arrival === 'number' ? arrival : (arrival?.[0] ?? trades.time), false);
    },
    bar(bar: GivenBar, clock: string | undefined, arrival: number | undefined): void {
      start();
      recorder.bar(bar, clock ?? '', arrival ?? bar.available_at ?? bar.close_time);
    },
    advance(time: number, arrival: number | undefined): void {
      start();
      recorder.advance(time, arrival ?? time);
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
 *     engine.push(trade, undefined, receivedAt);
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
    plan: engine.plan,
    schema: engine.schema,
    columns: engine.columns,
    // As `recorded`, but without a function made for every trade.
    push(trades, place, arrival) {
      events.trades(trades, arrival);
      try {
        engine.push(trades, place);
      } catch (error) {
        events.refused(error);
        throw error;
      }
      flush();
    },
    pushBar(bar, clock, arrival) {
      events.bar(bar, clock, arrival);
      recorded(() => engine.pushBar(bar, clock));
    },
    advance(time, arrival) {
      events.advance(time, arrival);
      recorded(() => engine.advance(time));
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
    counts: () => engine.counts(),
    stop: () => events.stop(),
  };
}

/**
 * Records the session that `make` makes with the sinks it is given. Events have to come in through what is returned, not
 * through its `engine`. A state to go on from is restored through it too, before the first event.
 *
 *     const journal = createJournal('journal/BTCUSDT', { engineVersion });
 *     const session = recordSession(journal, (sinks) =>
 *       createSession({ config, artefact, model, engineVersion, sinks }));
 *     const predictions = await session.push(trade, receivedAt);   // microseconds, by your feed's clock
 *     session.stop();
 */
export function recordSession(recorder: Recorder, make: (sinks: EngineSinks) => Session): RecordedSession {
  const { sinks, flush } = listening(recorder);
  const session = make(sinks);
  const events = eventsInto(recorder, session.engine, () => session.snapshot());
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
    engine: session.engine,
    push(trades, arrival) {
      return recorded(
        () => events.trades(trades, arrival),
        () => session.push(trades),
      );
    },
    pushBar(bar, clock, arrival) {
      return recorded(
        () => events.bar(bar, clock, arrival),
        () => session.pushBar(bar, clock),
      );
    },
    advance(time, arrival) {
      return recorded(
        () => events.advance(time, arrival),
        () => session.advance(time),
      );
    },
    snapshot() {
      const state = session.snapshot();
      events.snapshot(state);
      return state;
    },
    restore(state: SessionState) {
      session.restore(state);
      events.restored(state);
    },
    stop: () => events.stop(),
  };
}
