import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { aroundPredictor, learnedFault, plantLive } from '../learned-fault.ts';

/** Live, now and then a row is in the sequence twice. */
export const lastRowRepeated = learnedFault({
  name: 'last-row-repeated',
  imitates: 'a reconnect that delivers the last row again',
  plant: plantLive((artefact, model) => {
    let rows = 0;
    return aroundPredictor(createPredictor(artefact, model), async (inner, time, values, flags) => {
      if (++rows % 7 === 0) await inner.push(time, values, 0, flags);
      return inner.push(time, values, 0, flags);
    });
  }),
});
