import { decideOn } from '../learned-fixture.ts';
import { learnedFault } from '../learned-fault.ts';

/** Calibration and threshold are learned on the test rows. */
export const thresholdChosenOnTest = learnedFault({
  name: 'threshold-chosen-on-test',
  imitates: 'the threshold with the best test F1',
  plant: ({ learned, serving }) => {
    const artefact = decideOn('test', learned);
    return { learned: { ...learned, artefact }, serving: { ...serving, artefact } };
  },
});
