/** L8 and the far half of L2: the same events in workers, in fresh processes, and on every Node version found. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { traceEngine } from '../harness/trace.ts';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { firstEvents, MAX_EVENTS, runEvents, runJob, writeJob, type Job, type JobResult } from '../harness/job.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Stretch } from '../harness/feed.ts';
import { nodeArguments } from '../../node/node-arguments.ts';
import { runInWorkers } from '../../node/worker.ts';

const run = promisify(execFile);
/** With the ending of this file: `.ts` in a checkout, `.js` once built. */
const RUNNER = fileURLToPath(import.meta.url).replace(/checks([\\/])runtimes(\.[jt]s)$/, 'harness$1runner$2');
/** The oldest Node that has what the chain needs (zlib.crc32). */
const OLDEST = [22, 15] as const;

/** Events that the workers push at a time, each its own. */
const CUTS = [1000, 4096, 17];

const sumLengths = (stretches: readonly Stretch[]): number => stretches.reduce((sum, s) => sum + s.length, 0);

/** Takes a snapshot at random events and goes on from it in a new process. */
export const freshProcess: Check = {
  name: 'fresh-process',
  law: 'L2: a snapshot taken at any event goes on in another process with the same bits',
  async run(context: CheckContext): Promise<CheckResult> {
    const random = mulberry32(context.seed + 3);
    const stretches = await firstEvents(context);
    const main = traceEngine(context.config).engine;
    const compared = { restores: 0, events: 0, rows: 0 };
    const picks = new Set([0, Math.floor(stretches.length / 2), stretches.length - 1]);
    for (const [i, stretch] of stretches.entries()) {
      const at = picks.has(i) ? Math.floor(random() * stretch.length) : stretch.length;
      stretch.push(main, 0, at);
      if (at < stretch.length) {
        const job: Job = { config: context.configSource, events: [stretch.plain(at)], state: main.snapshot() };
        const here = runEvents(job, context.config, stretch.length);
        const there = await runInProcess(process.execPath, job);
        compared.restores++;
        compared.events += stretch.length - at;
        compared.rows += here.rows;
        const first = compare(here, there, 'a fresh process');
        if (first) return result(this, compared, first);
      }
      stretch.push(main, at, stretch.length);
    }
    return result(this, compared, null);
  },
};

export const workers: Check = {
  name: 'workers',
  law: 'L8: any number of workers gives the same bits',
  async run(context: CheckContext): Promise<CheckResult> {
    const stretches = await firstEvents(context);
    const job: Job = { config: context.configSource, events: stretches.map((s) => s.plain(0)) };
    const here = runEvents(job, context.config, MAX_EVENTS);
    const file = await writeJob(job);
    const compared = { workers: 0, events: sumLengths(stretches), rows: here.rows };
    try {
      const tasks = CUTS.map((cut) => ({ file, cut }));
      const theirs = await runInWorkers(import.meta.url, doJob, tasks, { atMost: CUTS.length });
      compared.workers = theirs.length;
      const first = theirs.map((there) => compare(here, there, 'a worker')).find((found) => found !== null);
      return result(this, compared, first ?? null);
    } finally {
      await rm(dirname(file), { recursive: true, force: true });
    }
  },
};

export const runtimes: Check = {
  name: 'runtimes',
  law: 'L8: every Node version and architecture found gives the same bits',
  async run(context: CheckContext): Promise<CheckResult> {
    const stretches = await firstEvents(context);
    const job: Job = { config: context.configSource, events: stretches.map((s) => s.plain(0)) };
    const here = runEvents(job, context.config, MAX_EVENTS);
    const versions: string[] = [];
    const compared = { events: sumLengths(stretches), rows: here.rows, versions: '' };
    for (const node of await findNodes()) {
      const there = await runInProcess(node, job);
      versions.push(there.node);
      compared.versions = versions.join(', ');
      const first = compare(here, there, `Node ${there.node}`);
      if (first) return result(this, compared, first);
    }
    return result(this, compared, null);
  },
};

function compare(here: JobResult, there: JobResult, who: string): { message: string } | null {
  if (here.digest === there.digest && here.state === there.state && here.rows === there.rows) return null;
  const what = here.digest === there.digest ? 'final state' : 'rows';
  return {
    message: `${who} gives other ${what}: ${here.rows} rows ${here.digest} here, ${there.rows} rows ${there.digest} there`,
  };
}

async function runInProcess(node: string, job: Job): Promise<JobResult> {
  const file = await writeJob(job);
  try {
    const { stdout } = await run(
      node,
      ['--disable-warning=ExperimentalWarning', ...nodeArguments, RUNNER, file, '1000'],
      {
        maxBuffer: 1 << 20,
      },
    );
    return JSON.parse(stdout) as JobResult;
  } finally {
    await rm(dirname(file), { recursive: true, force: true });
  }
}

/** What a worker does; found by name, in its thread. @public */
export function doJob({ file, cut }: { readonly file: string; readonly cut: number }): Promise<JobResult> {
  return runJob(file, cut);
}

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
