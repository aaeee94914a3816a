import { openJournal } from '../../../journal/reader.ts';
import { recoverEngine } from '../../../journal/recover.ts';
import { repeat } from '../../../journal/pushes.ts';
import { enginesOf } from '../../harness/sides.ts';
import { journalFault } from '../journal-fault.ts';

/** The session goes on behind its newest event, whose rows the kill took before they were written. */
export const rowsLostByAKill = journalFault({
  name: 'rows-lost-by-a-kill',
  imitates: 'an offset that is committed before what it stands for is out',
  plant: (sound) => ({
    ...sound,
    async goOn(directory, plan, engine) {
      const found = await recoverEngine(openJournal(directory), enginesOf(plan));
      if (found === undefined) return;
      const behind = enginesOf(plan)({});
      behind.restore(found.state.engine);
      if (found.unfinished !== undefined) repeat(behind, found.unfinished, plan);
      engine.restore(behind.snapshot(), { digest: found.state.digest, recovered: true });
    },
  }),
});
