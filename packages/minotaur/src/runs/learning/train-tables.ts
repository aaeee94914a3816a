/** Logistic regression and boosted trees: a sequence of L rows is L times as many columns to them. */
import type { Importances } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf, type Labelled } from 'minotaur-core/internal/model/matrix';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import { gainImportance, trainTrees } from 'minotaur-core/internal/model/trees';
import { exportOnnx } from '../../onnx/export/trained.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { featureColumns } from './fitted-rows.ts';
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
  const load = async (split: 'train' | 'validation'): Promise<Labelled> => {
    const own = ends[split];
    requireRoom(own.length, names.length);
    const step = { step: `read ${split} rows`, unit: 'columns', total: rows.artefact.learned.length };
    const columns = await featureColumns(rows, own, createCourse(run, step));
    return {
      x: { rows: own.length, width: names.length, columns },
      y: Float64Array.from(own, (end) => targets.label[end]),
    };
  };
  const training = { ...(await load('train')), ...(data.weights !== undefined && { weights: data.weights }) };
  const validation = await load('validation');
  const course = createCourse(run, { step: 'train', unit: 'models', total: 1 });
  const { model, weights } = trainKind(settings, training, validation);
  course.tell(1);
  return {
    onnx: exportOnnx(model, identity, rows.artefact.sequence.length),
    importances: importancesOf(settings, names, weights),
    validation: (row) => rowOf(validation.x, row),
  };
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

function trainKind(settings: TableConfig, training: Labelled, validation: Labelled): Trained {
  if (settings.kind === 'logistic') {
    const model = trainLogistic(training, { l2: settings.l2 });
    return { model, weights: Float64Array.from(model.weights, Math.abs) };
  }
  const { model } = trainTrees(training, validation, settings);
  return { model, weights: gainImportance(model) };
}

function importancesOf({ kind }: TableConfig, names: readonly string[], weights: Float64Array): Importances {
  const used = names.map((feature, i) => ({ feature, value: weights[i] })).filter(({ value }) => value > 0);
  const ranked = used.sort((a, b) => b.value - a.value || (a.feature < b.feature ? -1 : 1));
  return { unit: kind === 'trees' ? 'gain' : '|coefficient|', top: ranked.slice(0, TOP_FEATURES) };
}
