/** Predictions as a reader takes them from the log: each once, in order, whatever owners repeated. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { PredictionsBatch } from '../codec/rows.ts';

/** Predictions that a reader has not had. */
interface NewPredictions {
  /** Ordinal of the row of the first. */
  readonly first: number;
  readonly predictions: readonly Prediction[];
  /** How many of the message it had already. */
  readonly repeated: number;
}

/** Of one topic of predictions, or one partition of it; reading begins with what comes. */
export interface PredictionReader {
  /** @throws {MinotaurError} of kind `input` where predictions between are missing */
  take(batch: PredictionsBatch, where: string): NewPredictions;
}

export function createPredictionReader(): PredictionReader {
  const chains = new Map<string, { readonly epoch: number; next: number }>();
  return {
    take({ chain, epoch, first, predictions }, where) {
      let known = chains.get(chain);
      if (known === undefined || epoch > known.epoch) chains.set(chain, (known = { epoch, next: first }));
      if (epoch < known.epoch) return { first, predictions: [], repeated: predictions.length };
      if (first > known.next)
        fail('input', where, `the prediction of row ${known.next} of ${chain}, epoch ${epoch}`, `that of row ${first}`);
      const repeated = Math.min(predictions.length, known.next - first);
      known.next = Math.max(known.next, first + predictions.length);
      return { first: first + repeated, predictions: predictions.slice(repeated), repeated };
    },
  };
}
