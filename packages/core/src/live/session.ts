/** A live session: the chain and a model behind it, from one trade to the predictions that it completes. */
import { fail } from '../base/errors.ts';
import type { Model } from '../model/port.ts';
import type { ConfigInput } from '../config/config.ts';
import { createEngine, type Engine, type EngineSinks } from '../chain/engine.ts';
import type { GivenBar } from '../bars/given.ts';
import { appendRows, type Row } from '../rows/row.ts';
import type { Trade, TradeBlock } from '../trades/trade.ts';
import { requireArtefact, type Artefact } from '../artefact/artefact.ts';
import { createPredictor, type Prediction, type Predictor } from './predictor.ts';

/** What a live session is made of. */
export interface SessionOptions {
  /** The configuration that the artefact was fitted with, or the name of a preset. */
  readonly config: ConfigInput | string;
  /** What `fit` and `train` learned. */
  readonly artefact: Artefact;
  /** Opened for this artefact; see `openModel`. */
  readonly model: Model;
  /** `ENGINE_VERSION`: an artefact of another version is refused. */
  readonly engineVersion: string;
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

/** Events in, predictions out, one row at a time. */
export interface Session {
  /** The chain, for its plan and counts; feed it through the session only. */
  readonly engine: Engine;
  /** One trade, or history by the block, before live begins. Events go in one after the other, each awaited. */
  push(trades: Trade | TradeBlock): Promise<readonly Prediction[]>;
  /** One bar, for a clock with `bars: given`. */
  pushBar(bar: GivenBar, clock?: string): Promise<readonly Prediction[]>;
  /** Says that no trade before `time` will come. */
  advance(time: number): Promise<readonly Prediction[]>;
  /** The whole state, between two events. */
  snapshot(): SessionState;
  /** Goes on from a snapshot; refuses one of another chain or artefact. */
  restore(state: SessionState): void;
}

/**
 * A chain with a model behind it.
 * @throws {MinotaurError} where the artefact was fitted on other rows than this configuration gives
 */
export function createSession({ config, artefact, model, engineVersion, sinks = {} }: SessionOptions): Session {
  const session = joinSession((ears) => createEngine(config, ears), createPredictor(artefact, model), sinks);
  const { schema, columns } = session.engine;
  requireArtefact(artefact, { schemaId: schema.id, columns, engineVersion }, 'session');
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
  const predicted = async (event: () => void): Promise<readonly Prediction[]> => {
    if (busy) fail('input', 'session', 'an event after the predictions of the one before', 'one before them');
    busy = true;
    try {
      // A trade that is refused has used the trades before it in its block: their rows are out.
      rows = [];
      event();
      const predictions: Prediction[] = [];
      for (const { time, values, ready } of rows) predictions.push(await predictor.push(time, values, 0, ready));
      return predictions;
    } finally {
      busy = false;
    }
  };
  return {
    engine,
    push: (trades) => predicted(() => engine.push(trades)),
    pushBar: (bar, clock) => predicted(() => engine.pushBar(bar, clock)),
    advance: (time) => predicted(() => engine.advance(time)),
    snapshot: () => ({ engine: engine.snapshot(), predictor: predictor.snapshot() }),
    restore(state) {
      engine.restore(state.engine);
      predictor.restore(state.predictor);
    },
  };
}
