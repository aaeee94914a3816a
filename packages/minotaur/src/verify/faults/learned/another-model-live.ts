import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnedFault, plantLive } from '../learned-fault.ts';

/** Live, the model is another one. */
export const anotherModelLive = learnedFault({
  name: 'another-model-live',
  imitates: 'a model file that was not deployed with its artefact',
  plant: plantLive((artefact, model) =>
    createPredictor(artefact, { ...model, predict: async (input) => 0.999 * (await model.predict(input)) }),
  ),
});
