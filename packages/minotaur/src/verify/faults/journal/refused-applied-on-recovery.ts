import { openJournal } from '../../../journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../../journal/recover.ts';
import { enginesOf } from '../../harness/sides.ts';
import { journalFault } from '../journal-fault.ts';

/** After a kill every event on record is used again, those that had been refused too, because nobody looks at when they arrived. */
export const refusedAppliedOnRecovery = journalFault({
  name: 'refused-applied-on-recovery',
  imitates: 'a log that is replayed without the checks of its day',
  plant: (sound) => ({
    ...sound,
    async goOn(directory, plan, engine) {
      const journal = openJournal(directory);
      const forgetful = {
        ...journal,
        *records() {
          for (const entry of journal.records()) {
            const { record } = entry;
            if (record.kind === 'refused') continue;
            yield record.kind === 'trade' ? { ...entry, record: { ...record, arrival: NaN } } : entry;
          }
        },
      };
      const found = await recoverEngine(forgetful, enginesOf(plan));
      if (found !== undefined) await resumeEngine(engine, found);
    },
  }),
});
