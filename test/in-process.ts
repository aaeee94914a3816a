/** The command line without a process of its own: a hundred mistakes in seconds. */
import { createProgram } from '../packages/minotaur/src/cli/program.ts';
import { report } from '../packages/minotaur/src/cli/report.ts';
import type { Outcome } from './cli.ts';
import { heard } from './heard.ts';

/** Runs a command in a folder, which is the process's while it runs. */
export async function commandLine(folder: string, args: readonly string[]): Promise<Outcome> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await heard({ createProgram, report }, args);
  } finally {
    process.chdir(before);
  }
}
