/** The command line, loaded once and asked many times: a process that runs one command after the other. */
import { heard, type CommandLine } from './heard.ts';

/** What is asked; the outcome is sent back. */
export interface HostCall {
  readonly args: readonly string[];
}

const [, , program, reporter] = process.argv;
const { createProgram } = (await import(program)) as Pick<CommandLine, 'createProgram'>;
const { report } = (await import(reporter)) as Pick<CommandLine, 'report'>;

process.on('message', ({ args }: HostCall) => {
  void heard({ createProgram, report }, args).then((outcome) => process.send?.(outcome));
});
