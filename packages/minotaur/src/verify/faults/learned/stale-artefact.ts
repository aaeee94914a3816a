import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { TRAIN } from 'minotaur-core/internal/artefact/training-rows';
import { disguise, learnedFault } from '../learned-fault.ts';

/** The artefact's numbers are those of an earlier run. */
export const staleArtefact = learnedFault({
  name: 'stale-artefact',
  imitates: 'an artefact that was not written again after new data came',
  plant: async ({ learned, serving }) => {
    const half = learned.codes.lastIndexOf(TRAIN) >> 1;
    const earlier = await fitArtefact({ ...learned, codes: learned.codes.map((code, i) => (i < half ? code : 0)) });
    return { learned: { ...learned, artefact: disguise(learned.artefact, earlier.learned, earlier.dropped) }, serving };
  },
});
