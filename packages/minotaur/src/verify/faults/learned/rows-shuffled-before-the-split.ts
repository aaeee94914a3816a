import { mulberry32 } from 'minotaur-core/internal/base/random';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { learnedFault, plantCodes } from '../learned-fault.ts';

/** Rows are divided by lot. */
export const rowsShuffledBeforeTheSplit = learnedFault({
  name: 'rows-shuffled-before-the-split',
  imitates: 'train_test_split(shuffle=True)',
  plant: plantCodes(({ labelTime }) => {
    const random = mulberry32(3);
    return Int8Array.from(labelTime, (t) => {
      const lot = random();
      return t === t ? SPLITS.indexOf(lot < 0.65 ? 'train' : lot < 0.8 ? 'validation' : 'test') : 0;
    });
  }),
});
