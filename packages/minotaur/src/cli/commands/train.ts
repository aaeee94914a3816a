/** `minotaur train`: a first model from labelled rows, as ONNX, with what is learned on validation kept in the artefact. */
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf, type Labelled } from 'minotaur-core/internal/model/matrix';
import type { Metrics } from 'minotaur-core/internal/model/metrics';
import { exportOnnx } from '../../onnx/export.ts';
import type { ModelExpectation } from 'minotaur-core/internal/model/port';
import { makeSidecar, openModel } from '../../runtime/open-model.ts';
import { sidecarPath } from '../../runtime/sidecar.ts';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { gainImportance, trainTrees } from 'minotaur-core/internal/model/trees';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import { decide, encodeArtefact, type Artefact } from 'minotaur-core/internal/artefact/artefact';
import { transformOf } from 'minotaur-core/internal/live/predictor';
import { partialFile } from '../../files/atomic.ts';
import { loadConfig } from '../config-file.ts';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import { featureColumns, openFittedRows, readTargets, rowsOfSplit, sequenceEnds } from '../learning-data.ts';
import { modelDigest } from '../model-file.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { writeWhole } from './fit.ts';

export interface TrainFlags {
  readonly rows: string;
  readonly labels: string;
  readonly splits: string;
  readonly fold?: number;
  readonly artefact: string;
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

/** Validation rows that travel with the model and are replayed whenever it is opened. */
const GOLDEN_ROWS = 8;
/** Float32 values of the training matrix at most: 8 GiB. */
const MATRIX_VALUES = 2_147_483_648;

type Trained = { readonly model: Parameters<typeof exportOnnx>[0]; readonly weights: Float64Array };

export async function train(flags: TrainFlags): Promise<void> {
  const report = await runTrain(flags);
  console.log(flags.json ? JSON.stringify(report, null, 2) : summary(report));
}

/** The command without its printing. */
export async function runTrain(flags: TrainFlags) {
  const started = performance.now();
  const { model: settings } = (await loadConfig(flags.config)).config;
  const rows = await openFittedRows(flags.rows, flags.artefact);
  const { artefact, time } = rows;
  const { label, codes } = await readTargets(artefact, time, flags);
  const whole = sequenceEnds(artefact.sequence, time, rows.ready);
  const names = sequenceNames(transformOf(artefact).columns, artefact.sequence.length);
  const load = async (split: 'train' | 'validation'): Promise<Labelled> => {
    const ends = rowsOfSplit(codes, split, label, whole);
    requireRoom(ends.length, names.length);
    if (ends.length === 0) fail('input', flags.splits, `labelled ${split} rows with a whole sequence`, 'none');
    const columns = await featureColumns(rows, ends);
    return { x: { rows: ends.length, width: names.length, columns }, y: Float64Array.from(ends, (end) => label[end]) };
  };
  const [training, validation] = [await load('train'), await load('validation')];
  const { model, weights } = trainModel(settings, training, validation);
  // Nothing takes its place before everything is learned: a model that cannot be calibrated leaves what was there.
  const draft = await draftModel(flags.out, model, artefact, names, validation);
  try {
    const { report, decision } = await judge(draft, settings, artefact, validation);
    const importances = {
      unit: settings.kind === 'trees' ? 'gain' : '|coefficient|',
      top: ranked(names, weights).slice(0, 20),
    };
    const decided = decide(artefact, { ...decision, importances });
    // The artefact first: a crash between the two leaves a model that it refuses, not one that is served uncalibrated.
    writeWhole(flags.artefact, encodeArtefact(decided));
    draft.commit();
    return {
      out: flags.out,
      kind: settings.kind,
      rows: { train: training.x.rows, validation: validation.x.rows },
      columns: names.length,
      ...report,
      importances: importances.top,
      seconds: (performance.now() - started) / 1000,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    draft.abort();
  }
}

interface Draft {
  readonly path: string;
  readonly expect: ModelExpectation;
  /** Gives the model and its sidecar their names. */
  commit(): void;
  abort(): void;
}

/** The model under a hidden name and, beside it, the rows that it is checked by whenever it is opened. */
async function draftModel(
  out: string,
  model: Trained['model'],
  { schemaId, digest: artefactDigest, sequence: { length } }: Artefact,
  names: readonly string[],
  validation: Labelled,
): Promise<Draft> {
  const file = partialFile(out);
  const beside = sidecarPath(file.path);
  const abort = (): void => {
    file.abort();
    rmSync(beside, { force: true });
  };
  try {
    const featureDigest = createHash('sha256').update(names.join('\n')).digest('hex');
    const identity = { schemaId, artefactDigest, engineVersion: ENGINE_VERSION, featureDigest };
    writeFileSync(file.path, exportOnnx(model, identity, length));
    const expect = { schemaId, artefactDigest, width: names.length / length, length };
    const golden = Array.from({ length: Math.min(GOLDEN_ROWS, validation.x.rows) }, (_, i) => rowOf(validation.x, i));
    const sidecar = `${JSON.stringify(await makeSidecar(file.path, expect, golden))}\n`;
    writeFileSync(beside, sidecar);
    const commit = (): void => {
      writeWhole(sidecarPath(out), sidecar);
      file.commit();
    };
    return { path: file.path, expect, commit, abort };
  } catch (error) {
    abort();
    throw error;
  }
}

/** What validation teaches about the model as it will be opened. */
async function judge({ path, expect }: Draft, settings: ModelConfig, { label }: Artefact, validation: Labelled) {
  const probabilities = await predictAll(path, expect, validation);
  const { calibration, threshold, metrics } = learnDecision(
    settings,
    label as LabelConfig,
    probabilities,
    validation.y,
  );
  return {
    report: { validation: metrics, threshold },
    decision: { model: modelDigest(path), calibration, threshold },
  };
}

/** `ema_10_lag_2`... would be a feature's name; `t-2 ema_10` is a place in the sequence. */
function sequenceNames(columns: readonly string[], length: number): string[] {
  if (length === 1) return [...columns];
  return Array.from({ length }, (_, l) => columns.map((name) => `t-${length - 1 - l} ${name}`)).flat();
}

function requireRoom(rows: number, columns: number): void {
  if (rows * columns <= MATRIX_VALUES) return;
  fail(
    'input',
    'train',
    'rows times columns of at most 2^31: logistic regression and trees see a sequence as columns side by side; take sequence.length: 1, fewer columns, or a model from `export`',
    `${rows} rows of ${columns} columns`,
  );
}

function trainModel(settings: ModelConfig, training: Labelled, validation: Labelled): Trained {
  if (settings.kind === 'logistic') {
    const model = trainLogistic(training, { l2: settings.l2 });
    return { model, weights: Float64Array.from(model.weights, Math.abs) };
  }
  const { model } = trainTrees(training, validation, settings);
  return { model, weights: gainImportance(model) };
}

/** Through the port: what is calibrated has to be what will be predicted. */
async function predictAll(path: string, expect: ModelExpectation, { x }: Labelled): Promise<Float64Array> {
  const model = await openModel({ path, expect });
  try {
    const found = new Float64Array(x.rows);
    for (let r = 0; r < x.rows; r++) found[r] = await model.predict(rowOf(x, r));
    return found;
  } finally {
    await model.close();
  }
}

function ranked(names: readonly string[], values: Float64Array) {
  const all = names.map((feature, i) => ({ feature, value: values[i] })).filter(({ value }) => value > 0);
  return all.sort((a, b) => b.value - a.value || (a.feature < b.feature ? -1 : 1));
}

function summary(report: {
  readonly out: string;
  readonly kind: string;
  readonly rows: { readonly train: number; readonly validation: number };
  readonly columns: number;
  readonly validation: Metrics;
  readonly threshold: Threshold;
  readonly importances: readonly { readonly feature: string; readonly value: number }[];
  readonly seconds: number;
  readonly peakRssBytes: number;
}): string {
  const { rows, validation: v, threshold } = report;
  const n = (value: number): string => value.toLocaleString('en');
  return [
    `${report.kind}: ${n(rows.train)} training rows of ${n(report.columns)} columns, ${n(rows.validation)} validation rows`,
    `validation: ROC AUC ${v.rocAuc.toFixed(4)}, PR AUC ${v.prAuc.toFixed(4)}, Brier ${v.brier.toFixed(4)}; threshold ${threshold.value.toFixed(4)} by ${threshold.by}`,
    ...report.importances.slice(0, 5).map(({ feature, value }) => `          ${feature} ${value.toPrecision(4)}`),
    `model     ${report.out}, its golden rows beside it; calibration and threshold are in the artefact`,
    `${report.seconds.toFixed(1)} s, ${(report.peakRssBytes / 1e6).toFixed(0)} MB at most`,
  ].join('\n');
}
