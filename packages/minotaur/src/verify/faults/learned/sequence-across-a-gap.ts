import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnedFault } from '../learned-fault.ts';

/** On both sides a sequence goes on over a silence that should break it. */
export const sequenceAcrossAGap = learnedFault({
  name: 'sequence-across-a-gap',
  imitates: 'rolling windows over rows of two sessions',
  plant: ({ learned, serving }) => {
    const make = (artefact: typeof serving.artefact, model: Parameters<typeof createPredictor>[1]) =>
      createPredictor({ ...artefact, sequence: { length: artefact.sequence.length, day: false } }, model);
    return { learned, serving: { ...serving, historical: make, live: make } };
  },
});
