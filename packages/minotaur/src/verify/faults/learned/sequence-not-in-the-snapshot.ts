import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { aroundPredictor, learnedFault, plantLive } from '../learned-fault.ts';

/** Live, a restart begins the sequence anew. */
export const sequenceNotInTheSnapshot = learnedFault({
  name: 'sequence-not-in-the-snapshot',
  imitates: 'a session restored from the state of the chain alone',
  plant: plantLive((artefact, model) => {
    let rows = 0;
    const cold = createPredictor(artefact, model).snapshot();
    return aroundPredictor(createPredictor(artefact, model), (inner, time, values, flags) => {
      if (++rows % 40 === 0) inner.restore(cold);
      return inner.push(time, values, 0, flags);
    });
  }),
});
