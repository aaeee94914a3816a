/** Rows that went out without a prediction: each is counted by who had none to give, and a model that fails is told of once. */
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Metrics } from '../metrics/metrics.ts';
import type { PredictionEar } from './pump.ts';
import type { SupervisorNote } from './notes.ts';

/** Of the row, which is of a warm-up or behind a hole; of the model otherwise. */
const whoseOf = (refusal: string): 'row' | 'model' => (/^not (ready|complete): /.test(refusal) ? 'row' : 'model');

/** Counts them. */
export function countUnpredicted(metrics: Metrics, predictions: readonly Prediction[]): void {
  for (const { refusal } of predictions)
    if (refusal !== undefined) metrics.add('unpredicted_total', 1, { by: whoseOf(refusal) });
}

/** Tells of the first row that a model has failed at, again where it fails otherwise, and once it predicts again. */
export function createUnpredicted(onNote: (note: SupervisorNote) => void): PredictionEar {
  let told: string | null = null;
  return (predictions) => {
    for (const { refusal, time } of predictions) {
      if (refusal !== undefined && whoseOf(refusal) === 'row') continue;
      const why = refusal ?? null;
      if (why !== told) onNote({ instrument: '', what: 'unpredicted', row: time, why });
      told = why;
    }
  };
}
