import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { aroundPredictor, learnedFault, plantLive } from '../learned-fault.ts';

/** Live, where there is no prediction the last one stands. */
export const guessForAMissingFeature = learnedFault({
  name: 'guess-for-a-missing-feature',
  imitates: 'probability or last_probability',
  plant: plantLive((artefact, model) => {
    let last = NaN;
    return aroundPredictor(createPredictor(artefact, model), async (inner, time, values, flags) => {
      const answer = await inner.push(time, values, 0, flags);
      if (answer.refusal === undefined) last = answer.probability;
      if (answer.refusal === undefined || last !== last) return answer;
      return { time, probability: last, calibrated: last, signal: 0, complete: answer.complete };
    });
  }),
});
