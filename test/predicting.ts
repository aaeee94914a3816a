/** Chains with a model behind them, made from a file of trades by the commands that a user has. */
import { createEngine } from 'minotaur-core';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../packages/minotaur/src/files/config-file.ts';
import { openModelOf } from '../packages/minotaur/src/runtime/artefact-model.ts';
import type { PredictionReport } from '../packages/minotaur/src/store/predictions.ts';
import type { Recorder } from '../packages/core/src/live/record.ts';
import { recordSession } from '../packages/core/src/live/recording.ts';
import { createSession, type Session } from '../packages/core/src/live/session.ts';
import type { EngineSinks } from '../packages/core/src/chain/contract.ts';
import { decodeArtefact } from '../packages/core/src/artefact/artefact.ts';
import { run, temporaryFolder } from './cli.ts';

export const folder = temporaryFolder();
export const at = (...names: readonly string[]): string => join(folder, ...names);

export const CHAIN = `label: { method: fixed, target: 0.002, stop: 0.001, limit: 5min }
symbol: TEST
clocks:
  short: { bars: dollar, threshold: 60000, suffix: _db_s }
  medium: { from: short, count: 4, suffix: _db_m }
  1min: { bars: time, every: 1min, suffix: _tb_1min }
features:
  short: [close, trade_imbalance, taker_buy_sell_ratio, "log_return(close)", "rsi(close, 5)", "lag(log_return(close), 1..2)"]
  medium: [trade_imbalance, "roc(close, 5)"]
  1min: [volume, "roc(close, 3)"]
`;

export interface Made {
  readonly trades: string;
  readonly config: string;
  readonly artefact: string;
  readonly model: string;
  readonly rows: string;
  readonly predicted: PredictionReport;
  readonly predictions: string;
}

/** Everything from a file of trades to predictions over the data set. */
export function make(name: string, trades: string, sections: string, chain = CHAIN): Made {
  const path = (file: string): string => at(`${name}-${file}`);
  const config = path('config.yaml');
  writeFileSync(config, chain + sections);
  const rows = path('rows');
  const [labels, splits, artefact] = [path('labels.parquet'), path('splits.parquet'), path('artefact.json')];
  const [model, predictions] = [path('model.onnx'), path('predictions.parquet')];
  run('build', '--trades', trades, '--config', config, '--out', rows);
  run('label', '--rows', rows, '--trades', trades, '--config', config, '--out', labels);
  run('split', '--rows', rows, '--labels', labels, '--config', config, '--out', splits);
  run('fit', '--rows', rows, '--splits', splits, '--config', config, '--out', artefact);
  const learned = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', artefact];
  run('train', ...learned, '--config', config, '--out', model);
  const flags = ['--rows', rows, '--artefact', artefact, '--model', model, '--out', predictions];
  const predicted = run<PredictionReport>('predict', ...flags);
  return { trades, config, artefact, model, rows, predicted, predictions };
}

export const single = 'sequence: { length: 1 }\nmodel: { kind: trees, rounds: 30, calibration: isotonic }\n';
export const sequences =
  'sequence: { length: 4, breakOn: { gap: 20s } }\nmodel: { kind: logistic }\ntransform: { scale: robust, wasClipped: true }\n';
/** A live session of what was made; recorded, where a recorder is given. */
export async function sessionOf(
  made: Made,
  recorder?: Recorder,
): Promise<{ session: Session; close: () => Promise<void> }> {
  const { config } = await loadConfig(made.config);
  const artefact = decodeArtefact(readFileSync(made.artefact, 'utf8'), made.artefact);
  const model = await openModelOf(artefact, made.model);
  const create = (sinks: EngineSinks): Session =>
    createSession({ engine: (ears) => createEngine(config, ears), artefact, model, sinks });
  return { session: recorder ? recordSession(recorder, create) : create({}), close: model.close };
}
