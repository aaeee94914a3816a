/** The best trial: what it is worth when so many were tried, refitted on all rows before the test, and scored there once. */
import { join } from 'node:path';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import {
  blockSums,
  probabilityOfOverfitting,
  type BlockSums,
  type Overfitting,
} from 'minotaur-core/internal/tune/overfitting';
import {
  deflatedSharpe,
  momentsOf,
  varianceOf,
  type DeflatedSharpe,
  type ReturnMoments,
} from 'minotaur-core/internal/tune/sharpe';
import { isTried } from 'minotaur-core/internal/tune/trial';
import { PLATT } from 'minotaur-core/internal/model/calibrate';
import { isNetwork, type ModelConfig } from 'minotaur-core/internal/model/section';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { modelDigest } from '../../store/model.ts';
import type { StoredTrial } from '../../study/trials.ts';
import { evaluate, type EvaluateReport } from '../learning/evaluate.ts';
import { fit } from '../learning/fit.ts';
import { predict } from '../learning/predict.ts';
import { train } from '../learning/train.ts';
import { recordLook, rowsDigest, type Look } from './looks.ts';
import { readReturns } from './out-of-fold.ts';
import type { TrialSetting } from './trial.ts';

/** The best of the trials that ran to their end. */
export interface BestTrial {
  /** In the study. */
  readonly number: number;
  /** Mean ROC AUC over folds and seeds. */
  readonly value: number;
  /** ROC AUC of each fold and seed. */
  readonly folds: readonly number[];
  /** What was chosen. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Its trades over all folds, judged as the best of so many; null of fewer than two complete trials: how ratios differ is unknown. */
  readonly sharpe: DeflatedSharpe | null;
  /** Whether choosing the best chooses anything; null of fewer than two complete trials, or too few scored rows. */
  readonly overfitting: Overfitting | null;
  /** Where its files lie. */
  readonly directory: string;
}

/** What the refitted winner says of the test span. */
export interface TestedWinner {
  /** Which look at these test rows it is. */
  readonly look: Look;
  /** Of all splits; its verdict is of the test. */
  readonly evaluation: EvaluateReport;
}

interface Told {
  readonly directory: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly configuration: ModelConfig;
  readonly folds: readonly { readonly rocAuc: number }[];
}

const toldOf = ({ attributes }: StoredTrial): Told => attributes as unknown as Told;

/** Of equal ones the first. Undefined where none ran to its end. */
export async function bestTrial(
  out: string,
  trials: readonly StoredTrial[],
): Promise<{ readonly best: BestTrial; readonly settings: ModelConfig } | undefined> {
  const complete = trials.filter(
    ({ state, attributes }) => state === 'COMPLETE' && attributes['directory'] !== undefined,
  );
  const [first] = complete;
  if (first === undefined) return undefined;
  const winner = complete.reduce((a, b) => (b.value > a.value ? b : a), first);
  // One trial after the other: of its returns only moments and sums are kept.
  const [moments, sums]: [ReturnMoments[], BlockSums[]] = [[], []];
  for (const trial of complete) {
    const returns = await readReturns(join(out, toldOf(trial).directory));
    moments.push(momentsOf(returns));
    sums.push(blockSums(returns));
  }
  const own = moments[complete.indexOf(winner)];
  const ratios = moments.map(({ sharpe }) => sharpe);
  const tried = trials.filter(isTried).length;
  const { directory, parameters, configuration, folds } = toldOf(winner);
  return {
    settings: configuration,
    best: {
      number: winner.number,
      value: winner.value,
      folds: folds.map(({ rocAuc }) => rocAuc),
      parameters,
      sharpe: ratios.length < 2 ? null : deflatedSharpe(own, varianceOf(ratios), tried),
      overfitting: overfittingOf(sums),
      directory: join(out, directory),
    },
  };
}

function overfittingOf(sums: readonly BlockSums[]): Overfitting | null {
  try {
    return probabilityOfOverfitting(sums);
  } catch (error) {
    if (error instanceof MinotaurError) return null;
    throw error;
  }
}

interface WinnerFiles {
  readonly artefact: string;
  readonly model: string;
  readonly predictions: string;
}

const winnerFiles = (out: string, several: boolean): WinnerFiles => ({
  artefact: join(out, 'artefact.json'),
  model: join(out, 'model.onnx'),
  predictions: join(out, several ? 'predictions' : 'predictions.parquet'),
});

const TEST = SPLITS.indexOf('test');

/** Fits and trains the winner as the user's splits divide, with the calibration that is configured, and scores it on the test. */
export async function testWinner(
  setting: TrialSetting,
  settings: ModelConfig,
  study: { readonly name: string; readonly tried: number },
): Promise<TestedWinner> {
  const {
    development,
    rows,
    labels,
    splits,
    out,
    costs,
    signal,
    onProgress,
    study: { id },
  } = setting;
  const { pool, outer, config } = development;
  const loaded = { ...config, config: { ...config.config, split: development.split, model: settings } };
  const { artefact, model, predictions } = winnerFiles(out, pool.parts.length > 1);
  const run = { signal, onProgress, rows, splits };
  await fit({ ...run, config: loaded, out: artefact });
  // An interrupted process left a checkpoint: it goes on where nothing has changed since. Trees have none.
  const resume = isNetwork(settings) ? 'same' : undefined;
  await train({ ...run, labels, artefact, config: loaded, out: model, resume }).catch((error: unknown) =>
    refuseUncalibrated(error, out),
  );
  await predict({ signal, onProgress, rows, artefact, model, out: predictions });
  const digest = rowsDigest(pool.parts, pool.time, (i) => outer[i] === TEST);
  // On record before it is looked at: a process that ends in between has looked.
  const look = recordLook(splits, {
    digest,
    study: id,
    name: study.name,
    model: modelDigest(model),
    tried: study.tried,
  });
  return { look, evaluation: await evaluate({ signal, predictions, labels, splits, artefact, costs }) };
}

/** A winner whose scores do not rise with the label is no error of the trials. */
function refuseUncalibrated(error: unknown, out: string): never {
  if (!(error instanceof MinotaurError) || error.facts.where !== PLATT) throw error;
  const { where, expected, found } = error.facts;
  fail(
    error.kind,
    `the best trial, trained again on all rows before the test: ${where}`,
    `${expected}; the trials are kept in ${out}: --resume goes on from there, with \`model: { calibration: isotonic }\` too`,
    found,
  );
}
