/** Whose a directory is: of which configuration, so that what another one left is not replaced without a word. */
import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { MANIFEST } from '../files/atomic.ts';
import type { LoadedConfig } from '../files/config-file.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** What a configuration goes by: the same file is the same configuration, whatever was changed in it since. */
export type Named = Pick<LoadedConfig, 'name' | 'folder'>;

/**
 * The name of a configuration as a directory keeps it: of a file the way to it from there, so that both may be moved together; of a
 * preset its name. All objects that programs hand over have one name: whose they are only the program knows.
 */
export function nameFrom(directory: string, { name, folder }: Named): string {
  if (folder === undefined) return name;
  const way = relative(resolve(directory), resolve(name)).split(sep).join('/');
  return way.startsWith('.') ? way : `./${way}`;
}

/** A name from {@link nameFrom} as a person here finds the file. */
export const nameHere = (directory: string, name: string): string =>
  name.startsWith('.') ? join(directory, name) : name;

/** What is done about a directory that is of another configuration. */
export const REPLACE = '`force` replaces what is there';

/**
 * Refuses to replace rows of another chain that another configuration has left in `out`, and what is no rows at all. Rows of the same
 * chain are nobody's loss: they can be had again by either.
 * @throws {MinotaurError} of kind `state`
 */
export function requireOwnRows(out: string, own: Named, schemaId: string): void {
  if (!existsSync(join(out, MANIFEST))) return;
  const expected = `a directory without rows, or with those of this configuration (another \`out\`): ${REPLACE}`;
  let there: Manifest;
  try {
    there = readManifest(out);
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    return fail('state', out, expected, `${MANIFEST} of something else`);
  }
  if (there.schemaId === schemaId || there.configName === nameFrom(out, own)) return;
  const whose =
    there.configName === undefined ? 'a configuration that it does not name' : nameHere(out, there.configName);
  fail('state', out, expected, `those of ${whose}, ${there.counts.rows} rows of ${there.columns.length} columns`);
}
