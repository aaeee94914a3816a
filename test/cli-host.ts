/** The command line, loaded once and asked many times: a process that runs one command after the other. */
import type { Outcome } from './cli.ts';

/** What is asked, and what is sent back. */
export interface HostCall {
  readonly args: readonly string[];
}

const [, , program, reporter] = process.argv;
const { createProgram } = (await import(program)) as typeof import('../packages/minotaur/src/cli/program.ts');
const { report } = (await import(reporter)) as typeof import('../packages/minotaur/src/cli/report.ts');

process.on('message', async ({ args }: HostCall) => process.send?.(await runCommand(args)));
process.send?.('loaded');

async function runCommand(args: readonly string[]): Promise<Outcome> {
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
  process.exitCode = 0;
  try {
    await createProgram().parseAsync([process.execPath, 'minotaur', ...args]);
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    for (const stop of undo) stop();
  }
  const status = typeof process.exitCode === 'number' ? process.exitCode : null;
  process.exitCode = undefined;
  return { status, ...heard };
}
