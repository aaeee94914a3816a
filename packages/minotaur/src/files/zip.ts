/**
 * Zip archives: text tables within, streamed. A member is named as if the archive were a folder:
 * `trades.zip/BTCUSDT-2024-08-08.csv`.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import type { Entry, ZipFile } from 'yauzl';
import { isMemberOfNote, requireNoWorkbook, requireSum } from './zip-members.ts';

/** Names of the members that are files, in the order of names. @throws where the archive is broken or has none */
export async function zipMembers(archive: string): Promise<string[]> {
  return withEntries(archive, (entries) => {
    if (entries.length === 0) fail('input', archive, 'an archive with a file in it', 'none');
    return entries.map(({ fileName }) => fileName).sort();
  });
}

/** The bytes of a member, or of the only one where `path` is the archive itself. @throws where it is not whole */
export async function* zipChunks(path: string): AsyncGenerator<Buffer> {
  const archive = archiveOf(path);
  const entry = await withEntries(archive, (entries) => pick(entries, path, archive));
  if (entry.isEncrypted()) fail('input', path, 'a member that is not encrypted', 'an encrypted one');
  const zip = await open(archive);
  try {
    let sum = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
    requireSum(sum, entry.crc32);
  } finally {
    zip.close();
  }
}

/** The library is loaded where there is an archive. */
async function open(archive: string): Promise<ZipFile> {
  const { openPromise } = await import('yauzl');
  return openPromise(archive, { autoClose: false });
}

function archiveOf(path: string): string {
  let archive = path;
  while (!existsSync(archive) && archive !== dirname(archive)) archive = dirname(archive);
  return archive;
}

function pick(entries: readonly Entry[], path: string, archive: string): Entry {
  if (path === archive) {
    if (entries.length === 1) return entries[0];
    const names = entries.map(({ fileName }) => fileName).slice(0, 20);
    fail('input', archive, 'an archive with one file in it', names.length === 0 ? 'none' : names.join(', '));
  }
  const name = path.slice(archive.length + 1);
  const found = entries.find(({ fileName }) => fileName === name);
  return found ?? fail('input', archive, `a member ${name}`, 'none of that name');
}

/** Members that are files: folders, hidden files and what macOS adds are passed over. */
async function withEntries<T>(archive: string, use: (entries: readonly Entry[]) => T): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    zip = await open(archive);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (isMemberOfNote(entry.fileName)) entries.push(entry);
    requireNoWorkbook(
      entries.map(({ fileName }) => fileName),
      archive,
    );
    return use(entries);
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    return fail('input', archive, 'a complete zip archive', (error as Error).message);
  } finally {
    zip?.close();
  }
}
