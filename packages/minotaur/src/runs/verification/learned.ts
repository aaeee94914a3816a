/** What the checks of the learned side are given: rows, labels and a split as they lie in files, and a model in service. */
import { nodeHashing } from '../../node/hashing.ts';
import { createThreadedLearner } from '../../node/learner.ts';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { closeColumn } from 'minotaur-core/internal/chain/plan';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { fail } from 'minotaur-core/internal/base/errors';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import type { Config } from 'minotaur-core/internal/config/config';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { readArtefactOf } from '../../store/artefact.ts';
import { eachColumn, openPool, wholeSequences, type RowsArgument } from '../../store/pool.ts';
import type { LearnedRows, Serving } from '../../verify/harness/learned.ts';
import { usableRows } from '../../store/rows.ts';
import { openFittedRows } from '../learning/fitted-rows.ts';
import { readPredicted, type PredictedFiles } from '../learning/predicted-rows.ts';
import { readTargets } from '../learning/targets.ts';
import { checkpoint } from '../course/options.ts';

export interface LearnedFiles {
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
  readonly rows?: RowsArgument | undefined;
  readonly labels?: string | undefined;
  readonly splits?: string | undefined;
  readonly fold?: number | undefined;
  readonly predictions?: string | undefined;
}

/** Whether any of the files asks for the isolation of an artefact; all that it takes have to be given then. */
export function asksIsolation({ labels, splits, predictions }: LearnedFiles): boolean {
  return labels !== undefined || splits !== undefined || predictions !== undefined;
}

export async function learnedRows(
  files: LearnedFiles,
  config: Config,
  signal: AbortSignal | undefined,
): Promise<LearnedRows | undefined> {
  if (!asksIsolation(files)) return undefined;
  const { rows: directory, labels, splits, artefact: artefactFile, fold, predictions } = files;
  if (directory === undefined || labels === undefined || splits === undefined || artefactFile === undefined) {
    const needed = Object.entries({ rows: directory, labels, splits, artefact: artefactFile });
    const missing = needed.find(([, path]) => path === undefined);
    fail('config', 'verify', 'rows, labels, splits and artefact together', `no ${missing?.[0]}`);
  }
  const [{ plan }] = (await openPool(directory, config)).parts;
  const rows = await openFittedRows(directory, artefactFile);
  const { artefact, time, parts } = rows;
  return {
    config,
    schemaId: artefact.schemaId,
    instruments: artefact.instruments,
    columns: plan.columns,
    price: closeColumn(plan),
    time,
    parts,
    usable: usableRows(rows),
    whole: wholeSequences(artefact.sequence, rows),
    ...(await readTargets(artefact, rows, { labels, splits, fold })),
    eachColumn: (names, use) =>
      eachColumn(rows, names, async (name, values, k) => {
        await use(name, values, k);
        return checkpoint(signal);
      }),
    artefact,
    fit: (input) => fitArtefact({ ...input, hashing: nodeHashing, createLearner: createThreadedLearner }),
    ...(predictions !== undefined && { probability: await probabilities({ predictions, splits }, artefact) }),
  };
}

/** What the model said, as `predict` wrote it; of the model that the artefact has a decision for. */
async function probabilities(files: PredictedFiles, artefact: Artefact): Promise<Float64Array> {
  const { model, probability } = await readPredicted(artefact, files);
  const decided = artefact.decision?.model;
  if (model !== decided)
    fail('state', files.predictions, `predictions of the model that the artefact was decided for (${decided})`, model);
  return probability;
}

export function servingOf({ artefact: file, model }: LearnedFiles, config: Config): Serving | undefined {
  if (model === undefined) return undefined;
  if (file === undefined) fail('config', 'verify', 'artefact beside model', 'none');
  const artefact = readArtefactOf(createPlan(config), file);
  return {
    artefact,
    openModel: () => openModelOf(artefact, model),
    historical: createPredictor,
    live: createPredictor,
  };
}
