import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnedFault, plantLive } from '../learned-fault.ts';

/** Live, the model is served without its calibration. */
export const uncalibratedLive = learnedFault({
  name: 'uncalibrated-live',
  imitates: 'a calibrator that was not exported with the model',
  plant: plantLive((artefact, model) => {
    const { decision, ...fitted } = artefact;
    return createPredictor(
      decision === undefined ? fitted : { ...fitted, decision: { ...decision, calibration: null } },
      model,
    );
  }),
});
