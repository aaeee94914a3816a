/** Files named on a command line: literal paths and globs, in a fixed order. */
import { accessSync, constants, existsSync, globSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from '../node/system-words.ts';

/**
 * The files that `patterns` name: in the order given, a glob's in the order of their names. `*`, `?`, `[...]`, `{a,b}` and
 * `**` are known; a path that exists is never a glob.
 * @throws where a pattern matches nothing, names a directory, or a file is named twice
 */
export function expandPaths(patterns: readonly string[]): string[] {
  // What a program in JavaScript hands over is not what a type says.
  if (!Array.isArray(patterns)) fail('input', 'input files', 'a list of files and globs', wordsOf(patterns));
  if (patterns.length === 0) fail('input', 'input files', 'at least one file', 'none');
  const files = patterns.flatMap(expandPath);
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file)) fail('input', file, 'each file once', 'the same file named twice');
    seen.add(file);
  }
  return files;
}

/** A value that is no list. */
const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? `the text '${value}'` : `of the type ${typeof value}`;

function expandPath(pattern: string): string[] {
  const there = whatIsAt(pattern);
  // A pipe is over once it was read, and files are read more than once.
  if (there !== undefined && there !== 'file') fail('input', pattern, 'a file or a glob', there);
  if (there !== undefined) return [pattern];
  if (!/[*?[{]/.test(pattern)) fail('input', pattern, 'a file that exists', 'no such file');
  const files = globSync(pattern)
    .filter((path) => whatIsAt(path) === 'file')
    .sort();
  if (files.length === 0) fail('input', pattern, 'a glob that matches files', 'none that match');
  return files;
}

/** What stands at a path, undefined where nothing does. @throws where it cannot be looked at, or is a link that leads to nothing */
function whatIsAt(path: string): 'file' | 'a directory' | 'a pipe, a device or the like' | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined)
      return found.isFile() ? 'file' : found.isDirectory() ? 'a directory' : 'a pipe, a device or the like';
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  } catch (error) {
    fail('input', path, 'a file that exists', systemWords(error));
  }
  return fail('input', path, 'a file that exists', 'a link that leads to none');
}

/** Where a path leads, undefined where nothing is there. */
export function realPath(path: string): string | undefined {
  return existsSync(path) ? realpathSync(path) : undefined;
}

/** Refuses an output in place of a file that it is made of, which would be lost. */
export function requireOther(out: string, inputs: readonly (string | undefined)[]): void {
  const own = realPath(out);
  if (own === undefined) return;
  const isInput = (path: string | undefined): boolean => path !== undefined && realPath(path) === own;
  if (inputs.some(isInput)) fail('config', out, 'the name of another file than one that is read', 'one that is read');
}

/** Refuses a name that says something else of what is written to it. */
export function requireParquetName(path: string): void {
  const ending = extname(path);
  if (ending !== '' && ending.toLowerCase() !== '.parquet')
    fail('config', path, 'a name that ends in .parquet: a Parquet file is written', ending);
}

/** Refuses a path that is no file that can be read; `what` it should be, for the message. */
export function requireFile(path: string, what: string): void {
  try {
    if (!statSync(path).isDirectory()) return accessSync(path, constants.R_OK);
  } catch (error) {
    fail('input', path, what, systemWords(error));
  }
  fail('input', path, what, 'a directory');
}
