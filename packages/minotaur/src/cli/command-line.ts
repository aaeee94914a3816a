/** One command, as the process was asked for it: done, or said why not, or ended from outside. */
import { interruption, settleOutput } from './interruption.ts';
import { createProgram } from './program.ts';
import { report } from './report.ts';

const { code: interrupted, words } = interruption();

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  if (interrupted() === undefined) process.exitCode = report(error, program);
}
await settleOutput();
if (interrupted() !== undefined) {
  const line = words();
  if (line !== undefined) console.error(line);
  process.exitCode = interrupted();
}
