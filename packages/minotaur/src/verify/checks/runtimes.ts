/**
 * L8, determinism among runtimes: the bits are those of the standard, whichever Node and processor computes them.
 *
 * A violation: a model that was trained on a server sees other bits on the machine that serves it. Usual causes: `Math.pow`,
 * `Math.log` and their kin, whose last bit the standard leaves to the engine; a sum whose order a version changed.
 *
 * Compared: the first 200,000 events here and on every Node found, one per version and architecture: the digest of the rows
 * and the final state.
 *
 * Not found: what differs on a Node or a processor that is not there.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { result, type Check } from '../harness/check.ts';
import { compareResults, runInProcess, RUNNER } from '../harness/elsewhere.ts';
import { firstJob, MAX_EVENTS, runEvents } from '../harness/job.ts';

const run = promisify(execFile);
/** The oldest Node that has what the chain needs (zlib.crc32). */
const OLDEST = [22, 15] as const;

/** L8: every Node version found gives the same bits. */
export const runtimes: Check = {
  name: 'runtimes',
  law: 'L8: every Node version and architecture found gives the same bits',
  async run(context) {
    const { job, events } = await firstJob(context);
    const here = runEvents(job, context.plan, MAX_EVENTS);
    const versions: string[] = [];
    const compared = { events, rows: here.rows, versions: '' };
    for (const node of await findNodes()) {
      const there = await runInProcess(node, job);
      versions.push(there.node);
      compared.versions = versions.join(', ');
      const first = compareResults(here, there, `Node ${there.node}`);
      if (first) return result(this, compared, first);
    }
    return result(this, compared, null);
  },
};

/**
 * Node on the path and in the node_modules folders above, one per version and architecture, too old ones left out. What
 * is called `node` on the path may be a script that starts another architecture's under an emulator.
 */
async function findNodes(): Promise<string[]> {
  const candidates = [process.execPath];
  for (let folder = dirname(RUNNER); dirname(folder) !== folder; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (!existsSync(modules)) continue;
    for (const name of readdirSync(modules)) {
      if (/^node(-?\d+)?$/.test(name)) candidates.push(join(modules, name, 'bin', 'node'));
    }
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) candidates.push(join(folder, 'node'));
  const found = new Map<string, string>();
  for (const candidate of candidates.filter((path) => existsSync(path))) {
    const runtime = await run(candidate, ['-p', '`${process.version} ${process.arch}`']).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
    if (isSupported(runtime) && !found.has(runtime)) found.set(runtime, candidate);
  }
  return [...found.values()];
}

function isSupported(runtime: string): boolean {
  const [major, minor] = runtime.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
