import { copyRows } from '../wrap.ts';
import { journalFault } from '../journal-fault.ts';

/** A row that was let go before all had come goes out as if nothing were missing. */
export const releasedCalledComplete = journalFault({
  name: 'released-called-complete',
  imitates: 'a timeout that answers with what it has and does not say so',
  several: true,
  plant: (sound) => ({
    ...sound,
    recorder(inner) {
      const recorder = sound.recorder(inner);
      return {
        ...recorder,
        rows(rows) {
          const complete = copyRows(rows);
          complete.complete.fill(1);
          recorder.rows(complete);
        },
      };
    },
  }),
});
