/** The second half of the demo: labels, splits, fitted transform, model, and predictions of history and live. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../files/config-file.ts';
import { replay } from './chain/build.ts';
import { measureEvaluation, readEvaluation, type Evaluation, type EvaluateReport } from './learning/evaluate.ts';
import { fit } from './learning/fit.ts';
import { label } from './learning/label.ts';
import { NO_SCORE } from './learning/warnings.ts';
import { predict } from './learning/predict.ts';
import { split } from './learning/split.ts';
import { train } from './learning/train.ts';
import type { RunOptions } from './course/options.ts';

/** Does a step of the demo, and says how long it took. */
export type Timed = <T>(step: string, what: string, work: () => Promise<T>) => Promise<T>;

/** What the demo has learned. */
export interface DemoLearned {
  /** Digest of the predictions over the data set. */
  readonly dataSet: string;
  /** Digest of those of the live run. */
  readonly live: string;
  /** ROC AUC of the test rows. */
  readonly auc: number;
  /** What it means. */
  readonly verdict: string;
}

export interface DemoLearning {
  readonly learned: DemoLearned;
  readonly evaluation: Evaluation;
  readonly measured: EvaluateReport;
}

export interface LearnJob {
  readonly config: LoadedConfig;
  readonly trades: readonly string[];
  /** What build left. */
  readonly rows: string;
  /** Directory for what is learned. */
  readonly out: string;
  readonly timed: Timed;
  readonly run: RunOptions;
}

/** Everything from rows to predictions of history and live. */
export async function learn({ config, trades, rows, out, timed, run }: LearnJob): Promise<DemoLearning> {
  mkdirSync(out, { recursive: true });
  const at = (name: string): string => join(out, name);
  const [labels, splits, artefact] = [at('labels.parquet'), at('splits.parquet'), at('artefact.json')];
  const [model, predictions] = [at('model.onnx'), at('predictions.parquet')];
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
  const measured = measureEvaluation(evaluation);
  const test = measured.splits.find(({ name }) => name === 'test');
  const learned = {
    dataSet: predicted.digest,
    live: live.predictions?.digest ?? '',
    auc: test?.rocAuc ?? NaN,
    verdict: measured.verdict?.text ?? NO_SCORE,
  };
  return { learned, evaluation, measured };
}
