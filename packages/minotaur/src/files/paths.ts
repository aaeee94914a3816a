/** Files named on a command line: literal paths and globs, in a fixed order. */
import { existsSync, globSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';

/**
 * The files that `patterns` name: in the order given, a glob's in the order of their names. `*`, `?`, `[...]`, `{a,b}` and
 * `**` are known; a path that exists is never a glob.
 * @throws where a pattern matches nothing, names a directory, or a file is named twice
 */
export function expandPaths(patterns: readonly string[]): string[] {
  if (patterns.length === 0) fail('input', 'input files', 'at least one file', 'none');
  const files = patterns.flatMap(expandPath);
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file)) fail('input', file, 'each file once', 'the same file named twice');
    seen.add(file);
  }
  return files;
}

function expandPath(pattern: string): string[] {
  if (existsSync(pattern)) {
    if (statSync(pattern).isDirectory()) fail('input', pattern, 'a file or a glob', 'a directory');
    return [pattern];
  }
  if (!/[*?[{]/.test(pattern)) fail('input', pattern, 'a file that exists', 'no such file');
  const files = globSync(pattern)
    .filter((path) => statSync(path).isFile())
    .sort();
  if (files.length === 0) fail('input', pattern, 'a glob that matches files', 'none that match');
  return files;
}

/** Refuses a name that says something else of what is written to it. */
export function requireParquetName(path: string): void {
  const ending = extname(path);
  if (ending !== '' && ending.toLowerCase() !== '.parquet')
    fail('config', path, 'a name that ends in .parquet: a Parquet file is written', ending);
}
