/** The command line without a process of its own: a hundred mistakes in seconds. Exit codes and words are those of the process. */
import { createProgram } from '../packages/minotaur/src/cli/program.ts';
import { report } from '../packages/minotaur/src/cli/report.ts';
import type { Outcome } from './cli.ts';

/** Runs a command in a folder; one after the other, since working directory and output are the process's. */
export async function commandLine(folder: string, args: readonly string[]): Promise<Outcome> {
  const before = process.cwd();
  const heard = { stdout: '', stderr: '' };
  const listen = (name: 'stdout' | 'stderr'): (() => void) => {
    const stream = process[name];
    const write = stream.write;
    stream.write = (text: string | Uint8Array): boolean => {
      heard[name] += String(text);
      return true;
    };
    return () => void (stream.write = write);
  };
  const undo = [listen('stdout'), listen('stderr')];
  process.chdir(folder);
  process.exitCode = 0;
  try {
    await createProgram().parseAsync([process.execPath, 'minotaur', ...args]);
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    for (const stop of undo) stop();
    process.chdir(before);
  }
  const { exitCode } = process;
  process.exitCode = undefined;
  return { status: typeof exitCode === 'number' ? exitCode : null, ...heard };
}
