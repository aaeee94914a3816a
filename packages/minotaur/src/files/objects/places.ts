/** Places that files lie at: disks, shared ones among them, and object stores. Both are asked in the same words. */
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, isAbsolute, join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from '../../node/system-words.ts';
import { MANIFEST, sha256OfFile, writeWhole } from '../atomic.ts';
import { expandPaths, requireFile } from '../paths.ts';
import { isObject, openObjectStore, type ObjectStore, type PlacedFile } from './object-store.ts';

/** What can be done with files, wherever they are. */
export interface Places {
  /**
   * The files that patterns name: in the order given, a pattern's in the order of their names.
   * @throws {MinotaurError} where a pattern names none
   */
  expand(patterns: readonly string[]): Promise<PlacedFile[]>;
  /**
   * The file of that very name: no pattern.
   * @throws {MinotaurError} where there is none
   */
  file(path: string): Promise<PlacedFile>;
  /** A text; undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Writes a text, whole or not at all. */
  write(path: string, text: string): Promise<void>;
  /** Where the file can be read as one of this machine: itself, or a copy in `folder`. */
  local(path: string, folder: string): Promise<string>;
  /** Of its content, in hexadecimal. */
  sha256(path: string): Promise<string>;
  /** Copies a directory of this machine to an object store, its manifest last. */
  publish(directory: string, to: string): Promise<void>;
  close(): void;
}

/** Opens no connection before an object is asked for. */
export function openPlaces(): Places {
  let opened: Promise<ObjectStore> | undefined;
  const store = (where: string): Promise<ObjectStore> => (opened ??= openObjectStore(where));
  return {
    async expand(patterns) {
      if (patterns.length === 0) fail('input', 'input files', 'at least one file', 'none');
      const files: PlacedFile[] = [];
      for (const pattern of patterns) {
        const found = isObject(pattern)
          ? await (await store(pattern)).list(pattern)
          : expandPaths([pattern]).map(onDisk);
        if (found.length === 0) fail('input', pattern, 'a name or pattern of objects', 'none of it');
        files.push(...found);
      }
      return files;
    },
    file: async (path) => (isObject(path) ? (await store(path)).stat(path) : fileHere(path)),
    read: async (path) => (isObject(path) ? (await store(path)).read(path) : readHere(path)),
    async write(path, text) {
      if (isObject(path)) await (await store(path)).write(path, text);
      else writeWhole(path, text);
    },
    async local(path, folder) {
      if (!isObject(path)) return path;
      const file = join(folder, basename(path));
      await (await store(path)).download(path, file);
      return file;
    },
    async sha256(path) {
      if (!isObject(path)) return (await sha256OfFile(path)).sha256;
      const hash = createHash('sha256');
      for await (const chunk of await (await store(path)).stream(path)) hash.update(chunk);
      return hash.digest('hex');
    },
    async publish(directory, to) {
      const names = filesIn(directory).filter((name) => name !== MANIFEST);
      for (const name of [...names, MANIFEST])
        await (await store(to)).upload(join(directory, name), joinPlace(to, name));
    },
    // What could not be opened has said so to whoever asked.
    close: () => void opened?.then((one) => one.close()).catch(() => undefined),
  };
}

/** `name` in a directory or under a prefix. */
export function joinPlace(place: string, name: string): string {
  return isObject(place) ? `${place.replace(/\/+$/, '')}/${name}` : join(place, name);
}

/** A path that is written in a file in `folder`; an object, and a path from the root, mean the same everywhere. */
export function placeFrom(folder: string, path: string): string {
  return isObject(path) || isAbsolute(path) ? path : joinPlace(folder, path);
}

function onDisk(path: string): PlacedFile {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return { path, bytes: Number(size), tag: `${size}-${mtimeNs}` };
}

function fileHere(path: string): PlacedFile {
  requireFile(path, 'a file that can be read');
  return onDisk(path);
}

async function readHere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return fail('input', path, 'a file that can be read', systemWords(error));
  }
}

/** Paths of all files in a directory, as parts of a key. */
function filesIn(directory: string, under = ''): string[] {
  return readdirSync(join(directory, under), { withFileTypes: true }).flatMap((entry) => {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    return entry.isDirectory() ? filesIn(directory, name) : [name];
  });
}
