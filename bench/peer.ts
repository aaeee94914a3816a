/** Programs that are measured by themselves: their figures as JSON on the last line that they print. */
import { spawnSync } from 'node:child_process';

/** What a program measured, or why it did not. */
export function measured<T>(program: string, args: readonly string[]): T | string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
  return `${program}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
}

export const python = (script: URL, args: readonly string[]): readonly [string, string[]] => [
  process.env['MINOTAUR_PYTHON'] ?? 'python3',
  [script.pathname, ...args],
];

/** With the arguments that this process was started with. */
export const ours = (script: URL, args: readonly string[]): readonly [string, string[]] => [
  process.execPath,
  [...process.execArgv, script.pathname, ...args],
];

/** Rows and columns of a benchmark: `MINOTAUR_BENCH_ROWS` makes it lower where time or memory is short. */
export const benchRows = (usual: number): number => Number(process.env['MINOTAUR_BENCH_ROWS'] ?? usual);
