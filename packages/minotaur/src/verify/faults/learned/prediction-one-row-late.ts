import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { aroundPredictor, learnedFault, plantLive } from '../learned-fault.ts';

/** Live, each row is given the answer of the row before. */
export const predictionOneRowLate = learnedFault({
  name: 'prediction-one-row-late',
  imitates: 'an asynchronous model whose answer is read one event later',
  plant: plantLive((artefact, model) => {
    let last: Prediction | undefined;
    return aroundPredictor(createPredictor(artefact, model), async (inner, time, values, flags) => {
      const now = await inner.push(time, values, 0, flags);
      const late = { ...(last ?? now), time };
      last = now;
      return late;
    });
  }),
});
