import { openJournal } from '../../../journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../../journal/recover.ts';
import { enginesOf } from '../../harness/sides.ts';
import { journalFault } from '../journal-fault.ts';

/** After a kill the digest of the rows begins anew. */
export const digestNotCarried = journalFault({
  name: 'digest-not-carried',
  imitates: 'a check sum of what was written since the last restart',
  plant: (sound) => ({
    ...sound,
    async goOn(directory, plan, engine) {
      const found = await recoverEngine(openJournal(directory), enginesOf(plan));
      if (found === undefined) return;
      await resumeEngine(engine, { ...found, state: { ...found.state, digest: new Uint8Array(32) } });
    },
  }),
});
