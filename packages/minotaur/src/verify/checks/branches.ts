/**
 * How much of the operators' code the events reached: a leak in a branch that never ran is a leak that no check saw.
 *
 * A violation: there is none. It says what was not reached, and does not judge: a quiet hour has no crash in it.
 *
 * Compared: the blocks of code of the operators in use, and of the user's own module, with those that ran over the first 200,000
 * events.
 *
 * Not found: values that a branch was never given, though it ran.
 */
import { readFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ConfigSource } from '../../files/config-file.ts';
import { sourcesIn } from '../../node/bundled-source.ts';
import { runInWorker } from '../../node/worker.ts';
import { result, type Check } from '../harness/check.ts';
import { firstJob, runJob, withJobFile } from '../harness/job.ts';

/** Places that are named; the others are counted. */
const NAMED = 5;
/** A file of the catalogue, in a family's folder, or what several of them share. */
const OPERATOR = /\/features\/(?:kernels|operators\/[a-z]+)\/[^/]+\.[jt]s$/;

/** Of a built package: the module that has the catalogue, in which each file stands behind a comment with its name. */
const CATALOGUE = import.meta.resolve('minotaur-core/internal/features');

/** How much of the operators in use the events reached; it says so and does not judge. */
export const branches: Check = {
  name: 'branches',
  law: 'how much of the code of the operators in use these events reached; what they did not, no check can vouch for',
  async run(context) {
    const { job, events } = await firstJob(context);
    if (events === 0) return result(this, { events }, null);
    // In a worker: code that has run before is not counted by the block any more.
    const reached = await withJobFile(job, (file) =>
      runInWorker(import.meta.url, { measure }, { job: file, config: job.config }),
    );
    return result(this, { events, ...reached }, null);
  },
};

interface Task {
  readonly job: string;
  readonly config: ConfigSource;
}

/** Does the job, and says what of the operators it reached. Found by name, in a thread. @public */
export async function measure({ job, config }: Task): Promise<Summary> {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  await runJob(job, 1000);
  const own = config.kind === 'module' ? pathToFileURL(config.path).href : '';
  return summarise(
    take(session)
      .flatMap(filesOf)
      .filter(({ file, url }) => OPERATOR.test(file) || url === own),
  );
}

interface CoveredFile extends Profiler.ScriptCoverage {
  /** What was written: the module itself, or one of those that are bundled in it. */
  readonly file: string;
}

function filesOf(script: Profiler.ScriptCoverage): CoveredFile[] {
  const { url, functions } = script;
  if (url !== CATALOGUE) return [{ ...script, file: url }];
  return sourcesIn(readFileSync(fileURLToPath(url), 'utf8')).map(({ name, from, to }) => {
    const own = functions.filter(({ ranges: [{ startOffset }] }) => startOffset >= from && startOffset < to);
    return { ...script, file: `/${name}`, functions: own };
  });
}

function take(session: Session): readonly Profiler.ScriptCoverage[] {
  let taken: readonly Profiler.ScriptCoverage[] = [];
  // The answer comes before post returns.
  session.post('Profiler.takePreciseCoverage', (error, answer) => {
    if (error === null) taken = answer.result;
  });
  return taken;
}

interface Summary {
  readonly files: number;
  readonly branches: number;
  /** How many, and the first of them as file and line. */
  readonly unreached: string;
}

/** Counts blocks of functions that ran; one that never ran belongs to an operator that is not in use. */
function summarise(all: readonly CoveredFile[]): Summary {
  const places: string[] = [];
  let blocks = 0;
  let files = 0;
  for (const { file, url, functions } of all) {
    const called = functions.filter(({ functionName, ranges }) => functionName !== '' && ranges[0].count > 0);
    if (called.length === 0) continue;
    files++;
    for (const range of called.flatMap(({ ranges }) => ranges)) {
      blocks++;
      if (range.count === 0) places.push(placeOf(file, url, range.startOffset));
    }
  }
  const named =
    places.length === 0 ? '' : ` (${places.slice(0, NAMED).join(', ')}${places.length > NAMED ? ', ...' : ''})`;
  return { files, branches: blocks, unreached: `${places.length}${named}` };
}

function placeOf(file: string, url: string, offset: number): string {
  const path = fileURLToPath(url);
  const place = `${basename(path)}:${readFileSync(path, 'utf8').slice(0, offset).split('\n').length}`;
  return file === url ? place : `${basename(file)} at ${place}`;
}
