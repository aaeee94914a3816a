/**
 * L2, the far half: a snapshot is enough for a process that has never seen the events before it.
 *
 * A violation: a bot that was restarted from its state file gives other rows than one that ran on. Usual causes: a cache or a
 * counter at module level, a table that was filled on the way.
 *
 * Compared: at three random events of the first 200,000, the rest of the stretch here and, from the snapshot, in a new process
 * that loads the configuration itself: the digest of the rows and the final state.
 *
 * Not found: where in a row the difference is (`snapshot` says that, where it sees it), and what differs on another machine.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { createEngine } from '../../node/engine.ts';
import { result, type Check } from '../harness/check.ts';
import { compareResults, runInProcess } from '../harness/elsewhere.ts';
import { firstEvents, runEvents, type Job } from '../harness/job.ts';

/** L2: a snapshot goes on in another process with the same bits. */
export const freshProcess: Check = {
  name: 'fresh-process',
  law: 'L2: a snapshot taken at any event goes on in another process with the same bits',
  async run({ plan, configSource, ...context }) {
    const random = mulberry32(context.seed + 3);
    const stretches = await firstEvents(context);
    const main = createEngine(plan);
    const compared = { restores: 0, events: 0, rows: 0 };
    const picks = new Set([0, Math.floor(stretches.length / 2), stretches.length - 1]);
    for (const [i, stretch] of stretches.entries()) {
      const at = picks.has(i) ? Math.floor(random() * stretch.length) : stretch.length;
      stretch.push(main, 0, at);
      if (at < stretch.length) {
        const job: Job = { config: configSource, events: [stretch.plain(at)], state: main.snapshot() };
        const here = runEvents(job, plan, stretch.length);
        const there = await runInProcess(process.execPath, job);
        compared.restores++;
        compared.events += stretch.length - at;
        compared.rows += here.rows;
        const first = compareResults(here, there, 'a fresh process');
        if (first) return result(this, compared, first);
      }
      stretch.push(main, at, stretch.length);
    }
    return result(this, compared, null);
  },
};
