/** A live session: the chain and a model behind it, from one trade to the predictions that it completes. */
import { fail } from '../base/errors.ts';
import { ENGINE_VERSION } from '../base/version.ts';
import { requireArtefact, type Artefact } from '../artefact/artefact.ts';
import type { Described, Engine, EngineSinks, Feed, Stateful } from '../chain/contract.ts';
import type { Model } from '../model/port.ts';
import { appendRows, type Row } from '../rows/row.ts';
import { createPredictor, type Prediction, type Predictor, type PredictorOptions } from './predictor.ts';

/** What a live session is made of. */
export interface SessionOptions {
  /** Makes the chain that the artefact was fitted with, with the sinks it is given. */
  readonly engine: (sinks: EngineSinks) => Engine;
  /** What `fit` and `train` learned. */
  readonly artefact: Artefact;
  /** Opened for this artefact; see `openModel`. */
  readonly model: Model;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
  /** Further ears: rows, bars, notices. */
  readonly sinks?: EngineSinks;
}

/** Both snapshots; a session that restores them goes on with the same bits. */
export interface SessionState {
  /** Of the chain. */
  readonly engine: Uint8Array<ArrayBuffer>;
  /** Of the sequence. */
  readonly predictor: Uint8Array<ArrayBuffer>;
}

/**
 * Events in, predictions out, one row at a time. Events go in one after the other, each awaited; history goes in by the
 * block, before live begins. States are taken and put back between events, and refused while predictions are awaited.
 */
export interface Session
  extends Feed<Promise<readonly Prediction[]>>, Stateful<SessionState, SessionState>, Described {}

/**
 * A chain with a model behind it.
 *
 *     const session = createSession({ engine: (sinks) => createEngine(config, sinks), artefact, model });
 *     const predictions = await session.push(trade);
 *
 * @throws {MinotaurError} where the artefact was fitted on other rows than this chain gives, or by another version
 */
export function createSession({ engine, artefact, model, require, sinks = {} }: SessionOptions): Session {
  const session = joinSession(engine, createPredictor(artefact, model, { require }), sinks);
  const { schema, columns, plan } = session;
  const { instruments } = plan;
  requireArtefact(artefact, { schemaId: schema.id, columns, engineVersion: ENGINE_VERSION, instruments }, 'session');
  return session;
}

/** A session of any engine and any predictor. */
export function joinSession(
  makeEngine: (sinks: EngineSinks) => Engine,
  predictor: Predictor,
  sinks: EngineSinks = {},
): Session {
  let rows: Row[] = [];
  const engine = makeEngine({
    ...sinks,
    onRows(block) {
      sinks.onRows?.(block);
      appendRows(rows, block);
    },
  });
  let busy = false;
  /** Between an event and its predictions the chain has used it, and the sequence lacks its rows. */
  const requireIdle = (what: string): void => {
    if (busy) fail('input', 'session', `${what} after the predictions of the event before`, 'one before them');
  };
  const predicted = async (event: () => void): Promise<readonly Prediction[]> => {
    requireIdle('an event');
    busy = true;
    try {
      // A trade that is refused has used the trades before it in its block: their rows are out.
      rows = [];
      event();
      const predictions: Prediction[] = [];
      for (const row of rows) predictions.push(await predictor.push(row.time, row.values, 0, row));
      return predictions;
    } finally {
      busy = false;
    }
  };
  return {
    ...engine,
    push: (trades, facts) => predicted(() => engine.push(trades, facts)),
    pushBar: (bar, facts) => predicted(() => engine.pushBar(bar, facts)),
    pushSeries: (name, row, facts) => predicted(() => engine.pushSeries(name, row, facts)),
    advance: (time, facts) => predicted(() => engine.advance(time, facts)),
    hole: (hole, facts) => predicted(() => engine.hole(hole, facts)),
    release: (time, facts) => predicted(() => engine.release(time, facts)),
    snapshot(over) {
      requireIdle('a snapshot');
      return { engine: engine.snapshot(over?.engine), predictor: predictor.snapshot(over?.predictor) };
    },
    restore(state, epoch) {
      requireIdle('a state');
      engine.restore(state.engine, epoch);
      predictor.restore(state.predictor);
    },
  };
}
