/** Outputs have places of their own: none that a run reads, which would be lost. */
import { globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { MANIFEST } from '../files/atomic.ts';
import type { ConfigArgument } from '../files/config-file.ts';
import { realPath, requireOther } from '../files/paths.ts';
import { BARS } from './bars.ts';
import { PREDICTIONS } from './predictions.ts';
import { PROBLEMS } from './problems.ts';
import { ROWS } from './rows.ts';
import { STATE } from './state.ts';

/** What a build leaves directly below its directory. */
export const RUN_FILES = [ROWS, BARS, PREDICTIONS, PROBLEMS, STATE, MANIFEST] as const;

/** What may be read: a file, a directory of rows, labels or predictions, or several. */
export type Read = string | readonly string[] | undefined;

/**
 * Refuses an output in place of what it is made of: a file that is named, what a run left in a directory that is, the
 * configuration.
 */
export function requireOwnPlace(out: string, read: readonly Read[], config?: ConfigArgument): void {
  requireOther(out, [...read.flatMap(filesOf), fileOfConfig(config)]);
}

/** Refuses a directory of whose entries those that are replaced, `owned`, hold what is read. */
export function requireOwnDirectory(out: string, owned: readonly string[], read: readonly Read[]): void {
  const directory = realPath(out);
  if (directory === undefined) return;
  for (const path of read.flat()) {
    const own = path === undefined ? undefined : realPath(path);
    if (own === undefined || path === undefined) continue;
    const [entry] = relative(directory, own).split(/[/\\]/);
    if (owned.includes(entry))
      fail('config', out, 'another directory than one whose files are read and would be replaced', path);
  }
}

/** Of a directory: what a run left in it, and tables of several instruments where it is none of a run. */
function filesOf(read: Read): string[] {
  return [read].flat().flatMap((path) => {
    if (path === undefined) return [];
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path, `${path}.json`];
    const isRun = realPath(join(path, ROWS)) !== undefined;
    const patterns = isRun ? [...RUN_FILES, `${BARS}/*`] : ['*.parquet'];
    return patterns.flatMap((pattern) => globSync(pattern, { cwd: path }).map((name) => join(path, name)));
  });
}

/** The file that a configuration was asked for by, where it is one. */
function fileOfConfig(config: ConfigArgument | undefined): string | undefined {
  if (typeof config === 'string') return config;
  return Object(config) === config && 'source' in (config as object) ? (config as { name: string }).name : undefined;
}
