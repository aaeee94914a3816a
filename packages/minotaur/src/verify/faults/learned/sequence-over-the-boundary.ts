import { splitRows } from 'minotaur-core/internal/splits/splits';
import { learnedFault, plantCodes } from '../learned-fault.ts';

/** The first sequences of a split begin in the one before. */
export const sequenceOverTheBoundary = learnedFault({
  name: 'sequence-over-the-boundary',
  imitates: 'windows cut from all rows and divided afterwards',
  plant: plantCodes(({ config, time, labelTime }) => {
    const [{ split }] = splitRows(config.split, { time, labelTime }, 1);
    return Int8Array.from(split);
  }),
});
