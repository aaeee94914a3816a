/** A trained model, of whatever kind: what it was trained on, and how it is checked, decided by and put in its place. */
import { decide, type Decision, type Importances } from 'minotaur-core/internal/artefact/artefact';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { ModelExpectation } from 'minotaur-core/internal/model/port';
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { makeSidecar, openModel } from '../../runtime/open-model.ts';
import { writeArtefact } from '../../store/artefact.ts';
import { draftModel, featureDigest, modelDigest, type ModelDraft, type ModelIdentity } from '../../store/model.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import type { FittedRows } from './fitted-rows.ts';
import type { Targets } from './targets.ts';

/** What a model is trained on, and belongs to. */
export interface LearningRows {
  readonly rows: FittedRows;
  readonly targets: Targets;
  /** Rows with a label and a whole sequence, by split; none is empty. */
  readonly ends: Readonly<Record<'train' | 'validation', Int32Array>>;
  /** What each training row counts for; 1 where absent. */
  readonly weights?: Float64Array | undefined;
  /** Of the values that a model is given, in order. */
  readonly names: readonly string[];
  readonly identity: ModelIdentity;
}

export interface TrainedModel {
  /** The file. */
  readonly onnx: Uint8Array;
  readonly importances: Importances;
  /** What the model is given at the validation row of that ordinal. */
  readonly validation: (ordinal: number) => Float32Array;
}

/** Where a model and what is decided of it go. */
interface ModelPlaces extends RunOptions {
  readonly artefact: string;
  readonly out: string;
}

/** Validation rows that travel with the model and are replayed whenever it is opened. */
const GOLDEN_ROWS = 8;
/** Rows between two looks at whether the run goes on. */
const ROWS_A_BLOCK = 1024;

/** `ema_10_lag_2`... would be a feature's name; `t-2 ema_10` is a place in the sequence. */
export function sequenceNames(columns: readonly string[], length: number): string[] {
  if (length === 1) return [...columns];
  return Array.from({ length }, (_, l) => columns.map((name) => `t-${length - 1 - l} ${name}`)).flat();
}

/** What a model of these values belongs to. */
export function identityOf({ artefact }: FittedRows, names: readonly string[]): ModelIdentity {
  const { schemaId, digest: artefactDigest } = artefact;
  return { schemaId, artefactDigest, engineVersion: ENGINE_VERSION, featureDigest: featureDigest(names) };
}

/**
 * Learns calibration and threshold on validation, and puts model and artefact in their places.
 * Nothing takes its place before everything is learned: a model that cannot be calibrated leaves what was there.
 */
export async function settleModel(
  settings: ModelConfig,
  data: LearningRows,
  model: TrainedModel,
  places: ModelPlaces,
): Promise<Threshold> {
  const { artefact } = data.rows;
  const { draft, expect } = await draftOf(data, model, places.out);
  try {
    const y = Float64Array.from(data.ends.validation, (end) => data.targets.label[end]);
    const probabilities = await predictAll(draft.path, expect, model.validation, y.length, places);
    const learned = learnDecision(settings, artefact.label, probabilities, y);
    const decision: Decision = { model: modelDigest(draft.path), ...learned, importances: model.importances };
    // The artefact first: a crash between the two leaves a model that it refuses, not one that is served uncalibrated.
    writeArtefact(places.artefact, decide(artefact, decision));
    draft.commit();
    return learned.threshold;
  } finally {
    draft.abort();
  }
}

/** The model under a hidden name and, beside it, the rows that it is checked by whenever it is opened. */
async function draftOf(
  { rows, names, ends }: LearningRows,
  { onnx, validation }: TrainedModel,
  out: string,
): Promise<{ readonly draft: ModelDraft; readonly expect: ModelExpectation }> {
  const { schemaId, digest: artefactDigest, sequence } = rows.artefact;
  const draft = draftModel(out, onnx);
  try {
    const expect = { schemaId, artefactDigest, width: names.length / sequence.length, length: sequence.length };
    const golden = Array.from({ length: Math.min(GOLDEN_ROWS, ends.validation.length) }, (_, i) => validation(i));
    draft.addSidecar(await makeSidecar(draft.path, expect, golden));
    return { draft, expect };
  } catch (error) {
    draft.abort();
    throw error;
  }
}

/** Through the port: what is calibrated has to be what will be predicted. */
async function predictAll(
  path: string,
  expect: ModelExpectation,
  input: TrainedModel['validation'],
  rows: number,
  run: RunOptions,
): Promise<Float64Array> {
  const model = await openModel({ path, expect });
  try {
    const course = createCourse(run, { step: 'validate', unit: 'rows', total: rows });
    const found = new Float64Array(rows);
    for (let start = 0; start < rows; start += ROWS_A_BLOCK) {
      const end = Math.min(rows, start + ROWS_A_BLOCK);
      for (let r = start; r < end; r++) found[r] = await model.predict(input(r));
      await course.add(end - start);
    }
    return found;
  } finally {
    await model.close();
  }
}
