import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnedFault, plantLive } from '../learned-fault.ts';

/** Live, the signal is given at one half. */
export const thresholdOfAnotherModel = learnedFault({
  name: 'threshold-of-another-model',
  imitates: 'predict() in place of predict_proba() and the chosen threshold',
  plant: plantLive((artefact, model) => {
    const { decision, ...fitted } = artefact;
    return createPredictor(
      decision === undefined
        ? fitted
        : { ...fitted, decision: { ...decision, threshold: { ...decision.threshold, value: 0.5 } } },
      model,
    );
  }),
});
