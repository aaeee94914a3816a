/** What a person has to know of files, in words. */
import { castsDoubt } from '../../pages/inspect-facts.ts';
import type { Finding } from '../../runs.ts';
import { entry } from './lines.ts';

/** Places that are named of each. */
const PLACES = 3;

export function findingLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ kind, text, mend, places }) => [
    ...entry(kind, text),
    ...(mend === null ? [] : entry('', `-> ${mend}`)),
    ...places.slice(0, PLACES).flatMap((place) => entry('', `at ${place}`)),
  ]);
}

/** How many have to be decided, or looked at. */
export function decisions(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ kind }) => kind === 'wrong').length;
  const doubts = findings.filter(castsDoubt).length;
  if (wrong === 0 && doubts > 0)
    return `${doubts === 1 ? 'one note casts' : `${doubts} notes cast`} doubt on the files: to be looked at first`;
  if (wrong === 0) return 'nothing has to be decided';
  return wrong === 1 ? 'one thing has to be decided' : `${wrong} things have to be decided`;
}
