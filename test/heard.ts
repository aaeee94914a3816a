/** One command in this process, and what it says. */
import type { createProgram } from '../packages/minotaur/src/cli/program.ts';
import type { report } from '../packages/minotaur/src/cli/report.ts';
import type { Outcome } from './cli.ts';

/** The command line, of the sources or of what is built. */
export interface CommandLine {
  readonly createProgram: typeof createProgram;
  readonly report: typeof report;
}

/** Runs a command; one after the other, since exit code and output are the process's. Exit codes and words are those of a process. */
export async function heard(line: CommandLine, args: readonly string[]): Promise<Outcome> {
  const said = { stdout: '', stderr: '' };
  const listen = (name: 'stdout' | 'stderr'): (() => void) => {
    const stream = process[name];
    const write = stream.write;
    stream.write = (text: string | Uint8Array): boolean => {
      said[name] += String(text);
      return true;
    };
    return () => void (stream.write = write);
  };
  const undo = [listen('stdout'), listen('stderr')];
  process.exitCode = 0;
  const program = line.createProgram();
  try {
    await program.parseAsync([process.execPath, 'minotaur', ...args]);
  } catch (error) {
    process.exitCode = line.report(error, program);
  } finally {
    for (const stop of undo) stop();
  }
  const { exitCode } = process;
  process.exitCode = undefined;
  return { status: typeof exitCode === 'number' ? exitCode : null, ...said };
}
