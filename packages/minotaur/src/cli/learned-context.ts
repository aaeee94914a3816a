/** What the checks of the learned side are given: rows, labels and a split as they lie in files, and a model in service. */
import { fail } from 'minotaur-core/internal/base/errors';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { readColumns } from '../files/parquet/columns-source.ts';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import type { Config } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import type { LearnedRows, Serving } from '../verify/harness/learned.ts';
import { readFold, readLabels } from './dataset-files.ts';
import { eachColumn, openFittedRows } from './learning-data.ts';
import { openModelOf } from './model-file.ts';
import { readPredictionFacts } from './prediction-file.ts';
import { openRows } from './rows-directory.ts';
import { readServedArtefact } from './served-model.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';

export interface LearnedFlags {
  readonly artefact?: string | undefined;
  readonly model?: string;
  readonly rows?: string;
  readonly labels?: string;
  readonly splits?: string;
  readonly fold?: number;
  readonly predictions?: string;
}

/** Whether any flag asks for the isolation of an artefact; all that it takes have to be given then. */
export function asksIsolation({ labels, splits, predictions }: LearnedFlags): boolean {
  return labels !== undefined || splits !== undefined || predictions !== undefined;
}

export async function learnedRows(flags: LearnedFlags, config: Config): Promise<LearnedRows | undefined> {
  if (!asksIsolation(flags)) return undefined;
  const { rows, labels, splits, artefact: artefactFile } = flags;
  if (rows === undefined || labels === undefined || splits === undefined || artefactFile === undefined) {
    const missing = Object.entries({ rows, labels, splits, artefact: artefactFile }).find(
      ([, path]) => path === undefined,
    );
    fail('config', 'verify', '--rows, --labels, --splits and --artefact together', `no --${missing?.[0]}`);
  }
  const { plan } = openRows(rows, config);
  const { file, artefact, time } = await openFittedRows(rows, artefactFile);
  const facts = { schemaId: artefact.schemaId, label: artefact.label as LabelConfig };
  const { label, labelTime } = await readLabels(labels, facts, time);
  const { split, sequence } = artefact;
  const codes = await readFold(splits, facts, { split, sequence: sequence.length }, flags.fold ?? 0, time);
  return {
    config,
    engineVersion: ENGINE_VERSION,
    schemaId: artefact.schemaId,
    columns: plan.columns,
    time,
    label: label.map((y) => (Number.isNaN(y) ? NaN : Number(y > 0))),
    labelTime,
    codes,
    eachColumn: (names, use) => eachColumn(file, names, use),
    artefact,
    fit: fitArtefact,
    ...(flags.predictions !== undefined && { probability: await probabilities(flags.predictions, artefact) }),
  };
}

/** What the model said, as `predict` wrote it; of the model that the artefact has a decision for. */
async function probabilities(file: string, artefact: LearnedRows['artefact']): Promise<Float64Array> {
  const { model } = await readPredictionFacts(file, artefact);
  const decided = artefact.decision?.model;
  if (model !== decided)
    fail('state', file, `predictions of the model that the artefact was decided for (${decided})`, model);
  return (await readColumns(file, ['probability']))['probability'];
}

export function servingOf({ artefact: file, model }: LearnedFlags, config: Config): Serving | undefined {
  if (model === undefined) return undefined;
  if (file === undefined) fail('config', 'verify', '--artefact beside --model', 'none');
  const artefact = readServedArtefact(file, createPlan(config));
  return {
    artefact,
    openModel: () => openModelOf(artefact, model),
    historical: createPredictor,
    live: createPredictor,
  };
}
