/** The second half of the demo: labels, splits, fitted transform, model, and predictions of history and live. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/atomic.ts';
import { loadConfig } from '../files/config-file.ts';
import { build, replay } from './chain/build.ts';
import { measureEvaluation, readEvaluation, type Evaluation } from './learning/evaluate.ts';
import { fit } from './learning/fit.ts';
import { label } from './learning/label.ts';
import { predict } from './learning/predict.ts';
import { split } from './learning/split.ts';
import { train } from './learning/train.ts';
import type { RunOptions } from './course/options.ts';

/** Does a step of the demo, and says how long it took. */
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

/** What the demo has learned. */
export interface DemoLearned {
  /** Digest of the predictions over the data set. */
  readonly dataSet: string;
  /** Digest of those of the live run. */
  readonly live: string;
  /** Of the test rows. */
  readonly auc: number;
}

export interface DemoLearning {
  readonly learned: DemoLearned;
  readonly evaluation: Evaluation;
}

/** Everything from the trades in `file` to predictions, in `out`. */
export async function learn(file: string, out: string, timed: Timed, run: RunOptions): Promise<DemoLearning> {
  mkdirSync(out, { recursive: true });
  const at = (name: string): string => join(out, name);
  const written = at('learn.yaml');
  writeWhole(written, CONFIG);
  const config = await loadConfig(written);
  const trades = [file];
  const rows = at('rows');
  const [labels, splits, artefact] = [at('labels.parquet'), at('splits.parquet'), at('artefact.json')];
  const [model, predictions] = [at('model.onnx'), at('predictions.parquet')];
  await timed('build', 'a second chain, of shorter clocks, to learn from', () =>
    build({ config, trades, out: rows, ...run }),
  );
  await timed('label', 'which barrier the trades after each row reached first', () =>
    label({ rows, trades, config, out: labels, ...run }),
  );
  await timed('split', 'in order of time, purged', () => split({ rows, labels, config, out: splits, ...run }));
  await timed('fit', 'the transform, on training rows', () => fit({ rows, splits, config, out: artefact, ...run }));
  await timed('train', 'boosted trees', () => train({ rows, labels, splits, artefact, config, out: model, ...run }));
  const predicted = await timed('predict', 'over the data set', () =>
    predict({ rows, artefact, model, out: predictions, ...run }),
  );
  const live = await timed('live', 'the same, from trades, one at a time', () =>
    replay({ config, trades, out: at('live'), artefact, model, ...run }),
  );
  const evaluation = await readEvaluation({ predictions, labels, splits, artefact, ...run });
  const test = measureEvaluation(evaluation).splits.find(({ name }) => name === 'test');
  const learned = { dataSet: predicted.digest, live: live.predictions?.digest ?? '', auc: test?.rocAuc ?? NaN };
  return { learned, evaluation };
}
