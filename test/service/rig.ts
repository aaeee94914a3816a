/** A live session in small: a recorded chain that publishes, served on a port of this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { EngineSinks } from '../../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { recordEngine } from '../../packages/core/src/live/recording.ts';
import { copyTrades, tradeAt, type TradeBlock } from '../../packages/core/src/trades/trade.ts';
import type { Prediction } from '../../packages/core/src/live/predictor.ts';
import { connect, type ConnectOptions, type Stream } from '../../packages/minotaur/src/client.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../packages/minotaur/src/journal/recover.ts';
import { createJournal } from '../../packages/minotaur/src/journal/writer.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import { createMetrics } from '../../packages/minotaur/src/service/metrics/metrics.ts';
import { factsOf } from '../../packages/minotaur/src/service/publication/facts.ts';
import { createJournalHistory } from '../../packages/minotaur/src/service/publication/history.ts';
import { createPublication, type Publication } from '../../packages/minotaur/src/service/publication/publication.ts';
import type { Training } from '../../packages/minotaur/src/service/publication/training.ts';
import { createLog } from '../../packages/minotaur/src/service/server/log.ts';
import {
  startService,
  type RunningService,
  type ServiceOptions,
} from '../../packages/minotaur/src/service/server/server.ts';

export const folder = mkdtempSync(join(tmpdir(), 'minotaur-service-'));
/** What a test that failed has left open would keep the process. */
const open: { close(): unknown }[] = [];
after(async () => {
  for (const each of open) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A stream that ends with the tests. */
export function subscribe(options: ConnectOptions): Stream {
  const stream = connect(options);
  open.push(stream);
  return stream;
}

export const config: ConfigInput = {
  clocks: { short: { bars: 'tick', threshold: 5 }, '10s': { bars: 'time', every: '10s' } },
  features: { short: ['close', 'sma(close, 3)', 'mom(close, 5)'], '10s': ['volume'] },
};

export const market: TradeBlock = copyTrades([...simulate({ trades: 3000, seed: 11 })][0]);
export const arrivalOf = (i: number): number => market.time[i] + 1500;

/** A row as the chain gave it. */
export interface Emitted {
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: Float64Array;
}

/** A session that publishes every push. */
export interface LiveSession {
  readonly publication: Publication;
  readonly emitted: Emitted[];
  /** Trades up to index `to`. */
  drive(to: number): void;
  hole(): void;
  snapshot(): void;
}

/** Begins a session in `directory`, or goes on with the one that is there. */
export async function live(
  directory: string,
  options: { items?: number; artefact?: string; training?: Training } = {},
): Promise<LiveSession> {
  const { artefact = null, training, ...limits } = options;
  const emitted: Emitted[] = [];
  /** Begins to hear when the chain is where it was. */
  const told: { publication?: Publication } = {};
  const make = (sinks: EngineSinks) =>
    createEngine(config, {
      ...sinks,
      onRows(rows) {
        sinks.onRows?.(rows);
        told.publication?.sinks.onRows?.(rows);
        for (let r = 0; r < rows.count; r++) {
          const values = rows.values.slice(r * rows.width, (r + 1) * rows.width);
          emitted.push({ time: rows.time[r], ready: rows.ready[r] === 1, complete: rows.complete[r] === 1, values });
        }
      },
      onBars: (bars) => told.publication?.sinks.onBars?.(bars),
      onHole(hole, instrument) {
        sinks.onHole?.(hole, instrument);
        told.publication?.sinks.onHole?.(hole, instrument);
      },
    });
  let found;
  try {
    found = await recoverEngine(openJournal(directory), make);
  } catch {
    found = undefined;
  }
  const journal = createJournal(directory);
  const engine = recordEngine(journal, make);
  if (found !== undefined) await resumeEngine(engine, found);
  const { trades, rows } = engine.counts();
  const publication = createPublication(
    { ...factsOf(engine.plan, `session ${trades}`, artefact), training },
    { now: () => 1e15, ...limits },
  );
  publication.begin({ epoch: engine.epoch(), ordinal: rows });
  publication.open();
  publication.setState('live');
  told.publication = publication;
  let at = trades;
  return {
    publication,
    emitted,
    drive(to) {
      for (; at < to; at++) {
        const before = engine.counts().rows;
        engine.push(tradeAt(market, at), { arrival: arrivalOf(at) });
        const made = artefact === null ? 0 : engine.counts().rows - before;
        const predictions = Array.from({ length: made }, (_, i) => predicted(emitted[emitted.length - made + i]));
        predictions.forEach((prediction, i) => journal.prediction(prediction, before + i));
        journal.flush();
        publication.commit(arrivalOf(at), predictions);
      }
    },
    hole() {
      const { time } = engine.lastEvent() ?? { time: 0 };
      engine.hole({ from: time, to: time, missing: 3 });
      publication.commit(NaN);
    },
    snapshot: () => void engine.snapshot(),
  };
}

/** What a model could say of a row. */
function predicted({ time, values, complete, ready }: Emitted): Prediction {
  const probability = ready ? (values[0] % 1) / 2 : NaN;
  if (probability === probability) return { time, probability, calibrated: probability, signal: 0, complete };
  return { time, probability, calibrated: NaN, signal: NaN, complete, refusal: 'not ready: the chain is warming up' };
}

/** What was logged, line by line. */
export const logged: string[] = [];

/** Serves a session; `directory` is that of its journal. */
export async function serve(
  { publication }: Pick<LiveSession, 'publication'>,
  directory: string | undefined,
  options: Partial<ServiceOptions> = {},
): Promise<RunningService> {
  const service = await startService({
    publication,
    ...(directory === undefined ? {} : { history: createJournalHistory(directory) }),
    metrics: await createMetrics(),
    log: await createLog({ write: (line) => void logged.push(line) }),
    actions: { snapshot: () => ({ taken: true }), stop: () => {}, replaceModel: () => Promise.resolve({}) },
    port: 0,
    ...options,
  });
  open.push(service);
  return service;
}
