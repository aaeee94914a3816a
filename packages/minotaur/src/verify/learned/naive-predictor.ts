/** What a model has to be given for each row, and what its answer has to become: put together anew for every row, without a ring. */
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { calibrate } from 'minotaur-core/internal/model/calibrate';
import { DEFAULT_THRESHOLD } from 'minotaur-core/internal/model/threshold';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';

export interface NaivePredictor {
  /** The input for this row, rows in order; empty where the model must not be asked. */
  inputFor(time: number, values: Float64Array, ready: boolean): Float32Array;
  /** Calibrated probability and signal. */
  decide(probability: number): readonly [calibrated: number, signal: number];
}

interface Kept {
  readonly time: number;
  /** Features of the row; undefined where it may be in no window. */
  readonly features: readonly number[] | undefined;
}

export function createNaivePredictor({ inputs, learned, sequence, decision }: Artefact): NaivePredictor {
  const columns = learned.map((column) => ({
    place: inputs.indexOf(column.name),
    transform: columnTransform(column),
  }));
  const calibration = decision?.calibration ?? null;
  const threshold = decision?.threshold.value ?? DEFAULT_THRESHOLD;
  let kept: Kept[] = [];
  const featuresOf = (values: Float64Array): number[] =>
    columns.flatMap(({ place, transform }) => transform(values.subarray(place, place + 1)).map((output) => output[0]));
  const breaksBetween = (a: Kept, b: Kept): boolean =>
    (sequence.gap !== undefined && b.time - a.time > sequence.gap) ||
    (sequence.day && Math.floor(a.time / MICROS_PER_DAY) !== Math.floor(b.time / MICROS_PER_DAY));
  return {
    inputFor(time, values, ready) {
      const features = ready ? featuresOf(values) : undefined;
      kept = [...kept, { time, features: features?.every(Number.isFinite) ? features : undefined }].slice(
        -sequence.length,
      );
      const whole =
        kept.length === sequence.length &&
        kept.every((row, i) => row.features !== undefined && (i === 0 || !breaksBetween(kept[i - 1], row)));
      return whole ? Float32Array.from(kept.flatMap((row) => row.features ?? [])) : new Float32Array(0);
    },
    decide(probability) {
      const calibrated = calibration === null ? probability : calibrate(calibration, probability);
      return [calibrated, calibrated >= threshold ? 1 : 0];
    },
  };
}
