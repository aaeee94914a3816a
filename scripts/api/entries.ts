/** What can be imported of the published packages, by their own export maps. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Entry {
  /** As an import has it: `minotaur/files`. */
  readonly name: string;
  /** Its source, where tests look for docstrings. */
  readonly source: string;
  /** Its declarations, as users have them; made by the build. */
  readonly types: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | { readonly 'minotaur-source'?: string; readonly types?: string }>>;
}

/** Patterns (`minotaur-core/internal/*`) are left out: nothing is promised of them. So is what is no module. */
export function publicEntries(): Entry[] {
  const packages = new URL('../../packages/', import.meta.url);
  return readdirSync(packages).flatMap((folder) => {
    const place = new URL(`${folder}/`, packages);
    const manifest = JSON.parse(readFileSync(new URL('package.json', place), 'utf8')) as Manifest;
    if (manifest.private === true) return [];
    return Object.entries(manifest.exports).flatMap(([path, target]) => {
      if (path.includes('*') || typeof target === 'string') return [];
      const { 'minotaur-source': source, types } = target;
      if (source === undefined || types === undefined)
        throw new Error(`${manifest.name}: ${path} needs minotaur-source and types`);
      const at = (file: string): string => fileURLToPath(new URL(file, place));
      return [{ name: manifest.name + path.slice(1), source: at(source), types: at(types) }];
    });
  });
}

/** `minotaur/files` as the name of a file. */
export const fileName = (entry: string): string => entry.replaceAll('/', '.');
