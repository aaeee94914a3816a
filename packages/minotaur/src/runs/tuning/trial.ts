/** One trial: a model for each fold and seed, trained, scored behind its training, and given up where others were better. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNetwork, type ModelConfig } from 'minotaur-core/internal/model/section';
import { pruningOf, type PrunerName } from 'minotaur-core/internal/tune/pruners';
import { pointOf, type Space } from 'minotaur-core/internal/tune/space';
import { makeDirectory, writing } from '../../node/writing.ts';
import type { EpochFigures } from '../../learn/loop/state.ts';
import { readArtefact } from '../../store/artefact.ts';
import { modelDigest } from '../../store/model.ts';
import type { Study } from '../../study/study.ts';
import type { StoredTrial } from '../../study/trials.ts';
import type { RunOptions } from '../course/options.ts';
import { train, type TrainOptions } from '../learning/train.ts';
import { TrainingStopped } from '../learning/train-network.ts';
import type { Development, TuningFiles } from './folds.ts';
import { scoreFold, writeOutOfFold, type FoldScores } from './out-of-fold.ts';
import { settingsOf, settingsOfFold } from './settings.ts';

export interface TrialSetting extends TuningFiles, RunOptions {
  readonly development: Development;
  readonly study: Study;
  readonly kind: string;
  readonly space: Space;
  readonly pruner: PrunerName;
  readonly seeds: number;
  readonly costs: number;
  readonly out: string;
}

/** What became of the model of one fold and seed. */
interface FoldModel {
  readonly fold: number;
  readonly seed: number;
  readonly rocAuc: number;
  /** Digests. */
  readonly artefact: string;
  readonly model: string;
}

/** Where the trials lie, and one of them by its number. */
export const trialsDirectory = (out: string): string => join(out, 'trials');
const trialName = (number: number): string => String(number).padStart(4, '0');
/** The artefact of a fold as it was fitted, before any model. */
export const foldArtefact = (out: string, fold: number): string => join(out, 'folds', `${fold}.json`);

/** Runs a trial to its end and puts it on record. Its files appear when all of them are written. */
export async function runTrial(setting: TrialSetting, begun: StoredTrial): Promise<void> {
  const { study, out, kind, space, development } = setting;
  const parameters = pointOf(space, begun.place);
  const settings = settingsOf(kind, development.config.config.model, parameters);
  const name = trialName(begun.number);
  const draft = join(trialsDirectory(out), `.${name}.partial`);
  writing(draft, () => {
    rmSync(draft, { recursive: true, force: true });
    makeDirectory(draft);
  });
  try {
    const { state, models, scores } = await trainFolds(setting, begun, settings, draft);
    writeOutOfFold(draft, development, scores);
    const value = meanOf(models);
    const told = { parameters, configuration: settings, folds: models, rocAuc: value };
    writing(draft, () => {
      writeFileSync(
        join(draft, 'trial.json'),
        `${JSON.stringify({ number: begun.number, state, ...told }, null, 2)}\n`,
      );
      const target = join(trialsDirectory(out), name);
      rmSync(target, { recursive: true, force: true });
      renameSync(draft, target);
    });
    study.end(begun, state, { ...told, directory: join('trials', name) }, value);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Undefined where a trial was given up before its first model was there. */
const meanOf = (models: readonly FoldModel[]): number | undefined =>
  models.length === 0 ? undefined : models.reduce((sum, { rocAuc }) => sum + rocAuc, 0) / models.length;

async function trainFolds(
  setting: TrialSetting,
  begun: StoredTrial,
  settings: ModelConfig,
  directory: string,
): Promise<{
  readonly state: 'COMPLETE' | 'PRUNED';
  readonly models: readonly FoldModel[];
  readonly scores: readonly (readonly FoldScores[])[];
}> {
  const { development, seeds } = setting;
  const models: FoldModel[] = [];
  const scores: FoldScores[][] = [];
  const isPruned = createPruning(setting, begun);
  // One kind of step a study: of a network the epochs of each model, of everything else the models.
  const epochs = isNetwork(settings) ? settings.epochs : undefined;
  const all = seeds * development.folds.length;
  for (let fold = 0; fold < development.folds.length; fold++) {
    const own: FoldScores[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const before = models.length * (epochs ?? 1);
      let last: EpochFigures | undefined;
      const onEpoch = (figures: EpochFigures): 'go on' | 'stop' => {
        last = figures;
        // Behind the last epoch of the last model there is nothing left to be spared.
        const isOver = figures.epoch === epochs && models.length === all - 1;
        return isPruned(before + figures.epoch, figures.auc, before) && !isOver ? 'stop' : 'go on';
      };
      const trained = await trainFold(setting, { settings, directory, fold, seed, onEpoch }).catch(whereStopped);
      if (trained === undefined) return { state: 'PRUNED', models, scores };
      const { score, ...model } = trained;
      if (own.push(score) === 1) scores.push(own);
      models.push(model);
      // A network that was ended early stays as it is: what it had stands for the epochs that it did not need.
      const prune =
        epochs === undefined
          ? isPruned(before + 1, meanOf(models) ?? score.rocAuc, 0)
          : last !== undefined && last.epoch < epochs && isPruned(before + epochs, last.auc, before);
      if (prune && models.length < all) return { state: 'PRUNED', models, scores };
    }
  }
  return { state: 'COMPLETE', models, scores };
}

/**
 * Puts the value of a step on record, and says whether others were better there. The trial is judged by its steps behind `from`:
 * epochs of one model do not speak for those of another, which learns and is validated on other rows.
 */
export function createPruning(
  { study, pruner }: Pick<TrialSetting, 'study' | 'pruner'>,
  begun: StoredTrial,
): (step: number, value: number, from: number) => boolean {
  let trial = begun;
  return (step, value, from) => {
    const told = study.report(trial, step, value);
    const intermediate = new Map([...told.trial.intermediate].filter(([at]) => at > from));
    const { prune, rungs } = pruningOf(pruner, { ...told.trial, intermediate }, told.all, 'MAXIMIZE');
    if (rungs.length > 0) study.keepRungs(told.trial, rungs);
    trial = { ...told.trial, rungs: [...told.trial.rungs, ...rungs] };
    return prune;
  };
}

/** A training that was stopped at an epoch has no model. */
function whereStopped(error: unknown): undefined {
  if (!(error instanceof TrainingStopped)) throw error;
}

interface FoldTraining {
  readonly settings: ModelConfig;
  readonly directory: string;
  readonly fold: number;
  readonly seed: number;
  readonly onEpoch: TrainOptions['onEpoch'];
}

async function trainFold(
  setting: TrialSetting,
  { settings, directory, fold, seed, onEpoch }: FoldTraining,
): Promise<FoldModel & { readonly score: FoldScores }> {
  const { development, out, rows, labels, signal, onProgress, costs } = setting;
  const { config } = development;
  const folder = join(directory, setting.seeds > 1 ? `fold-${fold}-seed-${seed}` : `fold-${fold}`);
  const [artefact, model] = [join(folder, 'artefact.json'), join(folder, 'model.onnx')];
  writing(folder, () => {
    mkdirSync(folder);
    copyFileSync(foldArtefact(out, fold), artefact);
  });
  const run = { signal, onProgress };
  await train({
    ...run,
    rows,
    labels,
    splits: development.file,
    fold,
    artefact,
    config: { ...config, config: { ...config.config, model: settingsOfFold(settings, seed) } },
    out: model,
    onEpoch,
  });
  const score = await scoreFold(development, { ...run, rows, artefact, model, fold, costs });
  return {
    fold,
    seed,
    rocAuc: score.rocAuc,
    artefact: readArtefact(artefact).digest,
    model: modelDigest(model),
    score,
  };
}

/** Takes away what trials left that were interrupted. */
export function clearDrafts(out: string, numbers: readonly number[]): void {
  const directory = trialsDirectory(out);
  const drafts = new Set(numbers.map((number) => `.${trialName(number)}.partial`));
  writing(directory, () => {
    for (const name of readdirSync(directory)) if (drafts.has(name)) rmSync(join(directory, name), { recursive: true });
  });
}
