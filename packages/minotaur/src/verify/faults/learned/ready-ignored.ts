import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { aroundPredictor, learnedFault, plantLive } from '../learned-fault.ts';

/** Live, rows of the warm-up are predicted. */
export const readyIgnored = learnedFault({
  name: 'ready-ignored',
  imitates: 'trading from the first row on',
  plant: plantLive((artefact, model) =>
    aroundPredictor(createPredictor(artefact, model), (inner, time, values, flags) =>
      inner.push(time, values, 0, { ...flags, ready: true }),
    ),
  ),
});
