/** A job done in another process, by this Node or another, and what to say where something else comes out. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeArguments } from '../../node/node-arguments.ts';
import { withJobFile, type Job, type JobResult } from './job.ts';

const run = promisify(execFile);

/** What does a job in another process; with the ending of this file: `.ts` in a checkout, `.js` once built. */
export const RUNNER = fileURLToPath(
  new URL(`./runner${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/** Does a job in a new process of the Node at `node`. */
export function runInProcess(node: string, job: Job): Promise<JobResult> {
  return withJobFile(job, async (file) => {
    const flags = ['--disable-warning=ExperimentalWarning', ...nodeArguments];
    const { stdout } = await run(node, [...flags, RUNNER, file, '1000'], { maxBuffer: 1 << 20 });
    return JSON.parse(stdout) as JobResult;
  });
}

/** What `who` gives that is not what came out here, in words; null where it is the same. */
export function compareResults(here: JobResult, there: JobResult, who: string): { message: string } | null {
  if (here.digest === there.digest && here.state === there.state && here.rows === there.rows) return null;
  const what = here.digest === there.digest ? 'final state' : 'rows';
  return {
    message: `${who} gives other ${what}: ${here.rows} rows ${here.digest} here, ${there.rows} rows ${there.digest} there`,
  };
}
