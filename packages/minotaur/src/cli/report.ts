/** Errors as a person at a terminal reads them. */
import { CommanderError, type Command } from 'commander';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { printable } from 'minotaur-core/internal/base/printable';
import { faultOf, placeOfUsers, refusalOf } from '../runs/course/refusal.ts';

const UNANSWERED = 2;

/** Options that messages name as a program writes them. */
const FLAGS = { accept: '--accept', minUsed: '--min-used', force: '--force', out: '--out' };

function asFlags(text: string): string {
  return printable(text).replace(/`(\w+)`/g, (quoted, name: string) => FLAGS[name as keyof typeof FLAGS] ?? quoted);
}

/** Whether the command that was asked for took a preset, because no `--config` was given. */
function isPresetTaken(program: Command): boolean {
  const command = program.commands.find((one) => one.name() === program.args[0]);
  // A journal holds its own.
  if (program.name() === 'verify' && program.getOptionValue('journal') !== undefined) return false;
  return command === undefined ? program.getOptionValueSource('config') === 'default' : isPresetTaken(command);
}

/** Says what went wrong without a stack trace, unless code has failed. `program`: what was asked for it. */
export function report(error: unknown, program?: Command): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNANSWERED;
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const { where, expected, found } = refusal;
    console.error(`minotaur: ${printable(where)}\n  expected ${asFlags(expected)}\n  found    ${printable(found)}`);
    // What an earlier run left is of another chain than the preset, which nobody has asked for.
    const isOfAnother = error instanceof MinotaurError && error.kind === 'state';
    if (isOfAnother && program !== undefined && isPresetTaken(program))
      console.error('  no --config was given: the preset minotaur was taken');
    return UNANSWERED;
  }
  const place = placeOfUsers(error);
  if (place === undefined) console.error('minotaur: an error of ours; please report it with the input that shows it');
  else console.error(`minotaur: ${printable(place)} has thrown, which is not a file of ours`);
  console.error(faultOf(error));
  return UNANSWERED;
}
