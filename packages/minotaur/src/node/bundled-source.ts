/** A module of a built package holds many source files, each behind a comment with its name. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What stands before each of them. */
const HEADING = /^\/\/ (\S+\.ts)$/gm;
/** A place in a stack. */
const PLACE = /(file:\/\/[^\s()]+\.js):(\d+):\d+/g;

/** A source file in a module: its name, from its package on, and where it begins and ends. */
interface BundledSource {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The source files in a module of this text, in their order; none where it is one itself. */
export function sourcesIn(text: string): BundledSource[] {
  const found = [...text.matchAll(HEADING)];
  return found.map(({ index, 1: name }, k) => ({ name, from: index, to: found[k + 1]?.index ?? Infinity }));
}

/** A stack with the name of the source file behind each place in a module that holds several. */
export function withSources(stack: string): string {
  return stack.replace(PLACE, (place, url: string, line: string) => {
    const name = sourceAt(url, Number(line));
    return name === undefined ? place : `${place} (${name})`;
  });
}

function sourceAt(url: string, line: number): string | undefined {
  try {
    const before = readFileSync(fileURLToPath(url), 'utf8').split('\n', line);
    return sourcesIn(before.join('\n')).at(-1)?.name;
  } catch {
    // An error is being reported; a module that has gone is no reason to report another.
    return undefined;
  }
}
