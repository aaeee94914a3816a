/** Logistic regression and boosted trees: a sequence of L rows is L times as many columns to them. */
import type { Importances } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf, type Labelled, type Matrix } from 'minotaur-core/internal/model/matrix';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import { gainImportance, type TreeModel } from 'minotaur-core/internal/model/trees/trees';
import { ensembleOf } from '../../onnx/export/ensemble.ts';
import { exportOnnx } from '../../onnx/export/trained.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { featureColumns } from './fitted-rows.ts';
import { trainTreesOnRows, type EndTargets } from './train-trees.ts';
import type { LearningRows, TrainedModel } from './trained-model.ts';

/** Float32 values of the training matrix at most: 8 GiB. */
const MATRIX_VALUES = 2_147_483_648;
/** Features whose importance is kept. */
const TOP_FEATURES = 20;

type TableConfig = Extract<ModelConfig, { kind: 'trees' | 'logistic' }>;
type Trained = { readonly model: Parameters<typeof exportOnnx>[0]; readonly weights: Float64Array };

/** Trains what the section says, and writes it as ONNX. */
export async function trainTable(settings: TableConfig, data: LearningRows, run: RunOptions): Promise<TrainedModel> {
  const { rows, names, targets, ends, identity } = data;
  for (const own of [ends.train, ends.validation]) requireRoom(own.length, names.length);
  const targetsOf = (split: 'train' | 'validation'): EndTargets => ({
    ends: ends[split],
    y: Float64Array.from(ends[split], (end) => targets.label[end]),
  });
  const training = { ...targetsOf('train'), ...(data.weights !== undefined && { weights: data.weights }) };
  const members: Trained[] = [];
  if (settings.kind === 'logistic')
    members.push(trainedLogistic(settings, { ...training, x: await tableOf('train', data, run) }, run));
  else
    for (let member = 0; member < settings.ensemble; member++) {
      const own = { ...settings, seed: settings.seed + member };
      members.push(trainedTrees(await trainTreesOnRows(own, rows, training, targetsOf('validation'), run)));
    }
  const validation = await tableOf('validation', data, run);
  const { length } = rows.artefact.sequence;
  const weights = members[0].weights.map((_, k) => members.reduce((sum, one) => sum + one.weights[k], 0));
  return {
    onnx: ensembleOf(members.map(({ model }) => exportOnnx(model, identity, length))),
    importances: importancesOf(settings, names, weights),
    validation: (row) => rowOf(validation, row),
  };
}

/** The rows of a split as columns. */
async function tableOf(
  split: 'train' | 'validation',
  { rows, ends, names }: LearningRows,
  run: RunOptions,
): Promise<Matrix> {
  const step = { step: `read ${split} rows`, unit: 'columns', total: rows.artefact.learned.length };
  const columns = await featureColumns(rows, ends[split], createCourse(run, step));
  return { rows: ends[split].length, width: names.length, columns };
}

function requireRoom(rows: number, columns: number): void {
  if (rows * columns <= MATRIX_VALUES) return;
  fail(
    'input',
    'train',
    'rows times columns of at most 2^31: logistic regression and trees see a sequence as columns side by side; take sequence.length: 1, fewer columns, or a model of sequences',
    `${rows} rows of ${columns} columns`,
  );
}

const trainedTrees = (model: TreeModel): Trained => ({ model, weights: gainImportance(model) });

function trainedLogistic(
  { l2 }: Extract<TableConfig, { kind: 'logistic' }>,
  training: Labelled,
  run: RunOptions,
): Trained {
  const course = createCourse(run, { step: 'train', unit: 'models', total: 1 });
  const model = trainLogistic(training, { l2 });
  course.tell(1);
  return { model, weights: Float64Array.from(model.weights, Math.abs) };
}

function importancesOf({ kind }: TableConfig, names: readonly string[], weights: Float64Array): Importances {
  const used = names.map((feature, i) => ({ feature, value: weights[i] })).filter(({ value }) => value > 0);
  const ranked = used.sort((a, b) => b.value - a.value || (a.feature < b.feature ? -1 : 1));
  return { unit: kind === 'trees' ? 'gain' : '|coefficient|', top: ranked.slice(0, TOP_FEATURES) };
}
