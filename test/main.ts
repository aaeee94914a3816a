/** The command line as a process: what users run, or its sources. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `npm test` and `npm run test:long` have just built what users run, which starts in half the time; a test file by itself takes the sources. */
export const built = /^test(:long)?$/.test(process.env['npm_lifecycle_event'] ?? '');
export const MAIN = fileURLToPath(
  new URL(built ? '../packages/minotaur/dist/cli/main.js' : '../packages/minotaur/src/cli/main.ts', import.meta.url),
);
/** From the sources, packages are found by a condition; what is built resolves as for users. */
export const nodeArguments = built ? [] : process.execArgv.filter((argument) => argument.startsWith('--conditions='));

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a process of its own: what is asked about the process, its start, or code that is loaded once. */
export function minotaurAlone(...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, MAIN, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
