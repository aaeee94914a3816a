/**
 * L8, determinism among threads: how many workers share the work, and in what pieces, is nobody's business.
 *
 * A violation: a data set that was built by eight workers differs from one that was built by one. Usual causes: something
 * that is shared through the module, an order of arrival that finds its way into the values.
 *
 * Compared: the first 200,000 events here and in three workers at the same time, each in cuts of its own: the digest of the rows
 * and the final state.
 *
 * Not found: what only a larger number of workers, or more events, would show.
 */
import { runInWorkers } from '../../node/worker.ts';
import { result, type Check } from '../harness/check.ts';
import { compareResults } from '../harness/elsewhere.ts';
import { firstJob, MAX_EVENTS, runEvents, runJob, withJobFile, type JobResult } from '../harness/job.ts';

/** Events that each of the workers pushes at a time. */
const CUTS = [1000, 4096, 17];

/** L8: any number of workers gives the same bits. */
export const workers: Check = {
  name: 'workers',
  law: 'L8: any number of workers gives the same bits',
  async run(context) {
    const { job, events } = await firstJob(context);
    const here = runEvents(job, context.plan, MAX_EVENTS);
    const theirs = await withJobFile(job, (file) => {
      const tasks = CUTS.map((cut) => ({ file, cut }));
      return runInWorkers(import.meta.url, { doJob }, tasks, { atMost: CUTS.length });
    });
    const compared = { workers: theirs.length, events, rows: here.rows };
    const first = theirs.map((there) => compareResults(here, there, 'a worker')).find((found) => found !== null);
    return result(this, compared, first ?? null);
  },
};

/** What a worker does; found by name, in its thread. @public */
export function doJob({ file, cut }: { readonly file: string; readonly cut: number }): Promise<JobResult> {
  return runJob(file, cut);
}
