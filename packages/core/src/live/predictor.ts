/**
 * From rows to predictions: transform, sequence, model, calibration, one row at a time. There is no other path: `predict`
 * over a data set and a live session push the same rows into the same machine.
 */
import { fail, MinotaurError } from '../base/errors.ts';
import { createSchema, type Schema } from '../base/schema.ts';
import { createSnapshotReader, createSnapshotWriter, requireLength } from '../base/snapshot.ts';
import { calibrate } from '../model/calibrate.ts';
import type { Model } from '../model/port.ts';
import type { RowFlags } from '../rows/row.ts';
import { DEFAULT_THRESHOLD } from '../model/threshold.ts';
import type { Artefact } from '../artefact/artefact.ts';
import { createSequencer, sequenceSlots } from '../transform/sequence.ts';
import { createTransform, type Transform } from '../transform/transform.ts';

/** What a row is predicted to be. */
export interface Prediction {
  /** Of the row, microseconds. */
  readonly time: number;
  /** Of label 1, as the model says it; NaN where there is none. */
  readonly probability: number;
  /** After calibration. */
  readonly calibrated: number;
  /** 1 where the calibrated probability reaches the threshold, else 0; NaN where there is no probability. */
  readonly signal: number;
  /** Whether the row was complete: false where trades are known to be missing in it. */
  readonly complete: boolean;
  /** Why there is no probability. */
  readonly refusal?: string;
}

/** Transform, sequence, model and calibration, fed a row at a time. */
export interface Predictor {
  /** Names of the model's features, in order. */
  readonly columns: readonly string[];
  /** Predicts the row of `values[offset, offset + inputs)`. Rows go in one after the other, each awaited. */
  push(time: number, values: Float64Array, offset: number, flags: RowFlags): Promise<Prediction>;
  /** The rows of the sequence so far; into `over`, a snapshot that nobody needs any more, where it is as long. */
  snapshot(over?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** Goes on from a snapshot; refuses one of another artefact. */
  restore(bytes: Uint8Array): void;
}

/** How a predictor is to be used. */
export interface PredictorOptions {
  /**
   * Of the rows that are predicted, and of those in their sequence: that they are ready, which is the default, or complete
   * as well. A row that is not so is refused and breaks the sequence.
   */
  readonly require?: 'ready' | 'complete' | undefined;
}

/** Its state is doubles alone. */
const NO_WORDS = new Uint32Array(0);

/** What is remembered between rows is the sequence; its identity is the artefact's, and what was required of its rows. */
function stateSchema({ digest, sequence }: Artefact, width: number, require: string): Schema {
  const rows = `sequence of ${sequence.length} rows of ${width} features`;
  return createSchema([`predictor of artefact ${digest}`, rows, `require ${require}`]);
}

/** The features that a model of this artefact sees. */
export function transformOf({ learned, inputs }: Artefact): Transform {
  return createTransform(learned, inputs);
}

/** The first value that is no number makes a row unfit: the model would turn it into a guess. */
function missingIn(values: Float64Array, columns: readonly string[]): string | undefined {
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? undefined : `not ready: ${columns[at]} is ${values[at]} and is not imputed`;
}

/** The predictor of `artefact`, with the model that it was decided for. */
export function createPredictor(
  artefact: Artefact,
  model: Model,
  { require = 'ready' }: PredictorOptions = {},
): Predictor {
  const { sequence, inputs, decision } = artefact;
  const transform = transformOf(artefact);
  const width = transform.columns.length;
  const slots = sequenceSlots(sequence.length, width);
  const state = new Float64Array(slots);
  const sequencer = createSequencer({ length: sequence.length, width, breaks: sequence, state });
  const calibration = decision?.calibration ?? null;
  const threshold = decision?.threshold.value ?? DEFAULT_THRESHOLD;
  const row = new Float64Array(inputs.length);
  const features = new Float64Array(width);
  const input = new Float32Array(sequence.length * width);
  const schema = stateSchema(artefact, width, require);
  const writer = createSnapshotWriter(schema, '');
  const reader = createSnapshotReader(schema);
  const unfit = ({ ready, complete }: RowFlags): string | undefined => {
    if (!ready) return 'not ready: the chain is warming up';
    return require === 'complete' && !complete ? 'not complete: trades are missing' : undefined;
  };
  return {
    columns: transform.columns,
    async push(time, values, offset, flags) {
      if (offset + inputs.length > values.length)
        fail('internal', 'predictor', `${inputs.length} values a row`, `${values.length - offset}`);
      row.set(values.subarray(offset, offset + inputs.length));
      transform.apply(row, 1, features);
      const { complete } = flags;
      const refused = (refusal: string): Prediction => {
        return { time, probability: NaN, calibrated: NaN, signal: NaN, complete, refusal };
      };
      const reason = unfit(flags) ?? missingIn(features, transform.columns);
      const whole = sequencer.push(time, features, 0, reason === undefined);
      if (reason !== undefined) return refused(reason);
      if (!whole) return refused(`not ready: fewer than ${sequence.length} rows since the last break`);
      sequencer.window(input);
      try {
        const probability = await model.predict(input);
        const calibrated = calibration === null ? probability : calibrate(calibration, probability);
        return { time, probability, calibrated, signal: calibrated >= threshold ? 1 : 0, complete };
      } catch (error) {
        // A model that gives no number says so of this row, and so does one that fails: rows go out, and the next is tried.
        if (error instanceof MinotaurError) return refused(error.message);
        return refused(`the model failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    snapshot: (over) => writer.write(slots, NO_WORDS, (into) => into.set(state), over),
    restore(bytes) {
      const { doubles } = reader.read(bytes);
      requireLength(doubles.length, slots);
      state.set(doubles);
    },
  };
}
