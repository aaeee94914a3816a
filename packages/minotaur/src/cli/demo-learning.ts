/** The second half of the demo: labels, splits, fitted transform, model, and predictions of history and live. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEvaluate } from './commands/evaluate.ts';
import { runFit } from './commands/fit.ts';
import { runLabel } from './commands/label.ts';
import { runPredict } from './commands/predict.ts';
import { runSplit } from './commands/split.ts';
import { runTrain } from './commands/train.ts';
import { runChain } from './chain-run.ts';
import { loadConfig } from './config-file.ts';

export type Timed = <T>(step: string, what: string, work: () => Promise<T>) => Promise<T>;

/** Short clocks and few features: the preset's own warm-up, and barriers of its size, take more history than a demo has. */
const CONFIG = `symbol: DEMO
clocks:
  short:  { bars: dollar, threshold: 100000, suffix: _db_s }
  medium: { from: short, count: 5, suffix: _db_m }
  1min:   { bars: time, every: 1min, suffix: _tb_1min }
features:
  short:
    - close
    - trade_imbalance
    - log_return(close)
    - lag(log_return(close), 1..5)
    - rsi(close, 5)
    - (close - sma(close, 20)) / close as distance
    - rolling_std(log_return(close), 20) as volatility
  medium: [trade_imbalance, 'roc(close, 5)']
  1min: [trade_imbalance, 'roc(close, 3)', (high - low) / low as range]
label: { method: fixed, target: 0.002, stop: 0.001, limit: 10min }
sequence: { length: 1 }
selection: { exclude: [close_db_s] }
transform: { scale: robust }
model: { kind: trees, rounds: 200, minRows: 100, learningRate: 0.05, calibration: isotonic }
`;

export interface Learned {
  /** Digests of the predictions over the data set and of those of the live run. */
  readonly dataSet: string;
  readonly live: string;
  /** Of the test rows. */
  readonly auc: number;
  readonly page: string;
}

/** Everything from the trades in `file` to predictions, in `out`. */
export async function learn(file: string, out: string, timed: Timed): Promise<Learned> {
  mkdirSync(out, { recursive: true });
  const at = (name: string): string => join(out, name);
  const config = at('learn.yaml');
  writeFileSync(config, CONFIG);
  const chain = (await loadConfig(config)).config;
  const run = { config: chain, trades: [file] };
  const rows = at('rows');
  const [labels, splits, artefact] = [at('labels.parquet'), at('splits.parquet'), at('artefact.json')];
  const [model, predictions, page] = [at('model.onnx'), at('predictions.parquet'), at('model.html')];
  await timed('build', 'a second chain, of shorter clocks, to learn from', () =>
    runChain({ ...run, out: rows, live: false, label: 'build' }),
  );
  await timed('label', 'which barrier the trades after each row reached first', () =>
    runLabel({ rows, trades: [file], config, out: labels }),
  );
  await timed('split', 'in order of time, purged', () => runSplit({ rows, labels, config, out: splits }));
  await timed('fit', 'the transform, on training rows', () => runFit({ rows, splits, config, out: artefact }));
  await timed('train', 'boosted trees', () => runTrain({ rows, labels, splits, artefact, config, out: model }));
  const predicted = await timed('predict', 'over the data set', () =>
    runPredict({ rows, artefact, model, out: predictions }),
  );
  const live = await timed('live', 'the same, from trades, one at a time', () =>
    runChain({ ...run, out: at('live'), live: true, label: 'live', artefact, model }),
  );
  const { splits: measured } = await runEvaluate({ predictions, labels, splits, artefact, report: page });
  const auc = measured.find(({ name }) => name === 'test')?.rocAuc ?? NaN;
  return { dataSet: predicted.digest, live: live.predictions?.digest ?? '', auc, page };
}
