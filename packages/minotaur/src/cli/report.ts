/** Errors as a person at a terminal reads them. */
import { CommanderError } from 'commander';
import { printable } from 'minotaur-core/internal/base/printable';
import { faultOf, placeOfUsers, refusalOf } from '../runs/course/refusal.ts';

const UNANSWERED = 2;

/** Options that messages name as a program writes them. */
const FLAGS = { accept: '--accept', minUsed: '--min-used', force: '--force' };

function asFlags(text: string): string {
  return printable(text).replace(/`(\w+)`/g, (quoted, name: string) => FLAGS[name as keyof typeof FLAGS] ?? quoted);
}

/** Says what went wrong without a stack trace, unless code has failed. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNANSWERED;
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const { where, expected, found } = refusal;
    console.error(`minotaur: ${printable(where)}\n  expected ${asFlags(expected)}\n  found    ${printable(found)}`);
    return UNANSWERED;
  }
  const place = placeOfUsers(error);
  if (place === undefined) console.error('minotaur: an error of ours; please report it with the input that shows it');
  else console.error(`minotaur: ${printable(place)} has thrown, which is not a file of ours`);
  console.error(faultOf(error));
  return UNANSWERED;
}
