import { journalFault } from '../journal-fault.ts';

/** Rows are let go by a clock, and the record does not say so. */
export const releaseNotJournalled = journalFault({
  name: 'release-not-journalled',
  imitates: 'a timeout in the service that no replay knows of',
  several: true,
  plant: (sound) => ({ ...sound, recorder: (inner) => ({ ...sound.recorder(inner), release: () => {} }) }),
});
