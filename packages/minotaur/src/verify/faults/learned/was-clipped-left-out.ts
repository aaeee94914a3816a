import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnedFault, plantLive } from '../learned-fault.ts';

/** Live, the columns that say a value was limited are always 0. */
export const wasClippedLeftOut = learnedFault({
  name: 'was-clipped-left-out',
  imitates: 'indicator columns that only the training code makes',
  plant: plantLive((artefact, model) => {
    const { columns } = createPredictor(artefact, model);
    const flagged = columns.map((name) => name.endsWith('_was_clipped'));
    const predict = (input: Float32Array) =>
      model.predict(input.map((value, k) => (flagged[k % columns.length] ? 0 : value)));
    const inner = createPredictor(artefact, { ...model, predict });
    return inner;
  }),
});
