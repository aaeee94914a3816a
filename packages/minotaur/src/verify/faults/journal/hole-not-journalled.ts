import { journalFault } from '../journal-fault.ts';

/** The chain is told of a hole, the record is not. */
export const holeNotJournalled = journalFault({
  name: 'hole-not-journalled',
  imitates: 'a joiner that gives up on trades and says so in its log alone',
  plant: (sound) => ({ ...sound, recorder: (inner) => ({ ...sound.recorder(inner), hole: () => {} }) }),
});
