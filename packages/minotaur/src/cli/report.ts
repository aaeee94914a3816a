/** Errors as a person at a terminal reads them. */
import { CommanderError } from 'commander';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { printable } from 'minotaur-core/internal/base/printable';
import { systemWords } from '../node/system-words.ts';

const UNANSWERED = 2;

/** Options that messages name as a program writes them. */
const FLAGS = { accept: '--accept', minUsed: '--min-used', force: '--force' };

function asFlags(text: string): string {
  return printable(text).replace(/`(\w+)`/g, (quoted, name: string) => FLAGS[name as keyof typeof FLAGS] ?? quoted);
}

/** Says what went wrong without a stack trace, unless the fault is ours. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNANSWERED;
  if (error instanceof MinotaurError && error.kind !== 'internal') {
    const { where, expected, found } = error.facts;
    console.error(`minotaur: ${printable(where)}\n  expected ${asFlags(expected)}\n  found    ${printable(found)}`);
    return UNANSWERED;
  }
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && syscall !== undefined) {
    const where = path ?? syscall;
    console.error(
      `minotaur: ${printable(where)}\n  expected what the system gives (${syscall})\n  found    ${printable(systemWords(error))}`,
    );
    return UNANSWERED;
  }
  console.error('minotaur: an error of ours; please report it with the input that shows it');
  console.error(error);
  return UNANSWERED;
}
