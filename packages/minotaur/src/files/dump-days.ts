/** A venue's own file of one day: where it is, and how it gets here whole and verified. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import type { Dump } from '../venues/contract/venue.ts';
import { sha256OfFile, writeWhole } from './atomic.ts';
import { MISSING, downloadFile, downloadText, type DownloadOptions } from './download.ts';

/** What became of one day. */
export interface FetchedDay {
  /** As 2024-08-08. */
  readonly day: string;
  /** Its file. */
  readonly file: string;
  /** `there`: it was, and is what the venue has. */
  readonly outcome: 'fetched' | 'there' | 'missing' | 'failed';
  /** Whether the venue's checksum was compared; false where it has none. */
  readonly verified: boolean;
  /** Why it could not be had; absent otherwise. */
  readonly why?: string;
}

/** A file to be fetched. */
export interface DumpOrder {
  readonly day: string;
  readonly file: string;
  readonly url: string;
  readonly checksum: string | null;
}

/** A day of a symbol of one market. */
interface Wanted {
  readonly dump: Dump;
  readonly profile: string;
  readonly symbol: string;
  readonly day: string;
  readonly directory: string;
  /** In place of the venue's own host. */
  readonly baseUrl: string | undefined;
}

export function dumpOrder({ dump, profile, symbol, day, directory, baseUrl }: Wanted): DumpOrder {
  const { url, checksum } = dump.file(symbol, day, profile);
  const file = join(directory, decodeURIComponent(basename(new URL(url).pathname)).replaceAll(/[/\\]/g, '_'));
  return { day, file, url: rebased(url, baseUrl), checksum: checksum && rebased(checksum, baseUrl) };
}

/** The same path, and query, at another place. */
function rebased(url: string, base: string | undefined): string {
  if (base === undefined) return url;
  const { pathname, search } = new URL(url);
  try {
    return new URL(base.replace(/\/$/, '') + pathname + search).href;
  } catch {
    return fail('config', 'base URL', 'an address as https://mirror.example', base);
  }
}

/** A day's file, verified by the venue's checksum where it has one; what is there and verified is left as it is. */
export async function fetchDay(
  { day, file, url, checksum }: DumpOrder,
  download: DownloadOptions,
): Promise<FetchedDay> {
  const verified = checksum !== null;
  try {
    const told = checksum === null ? undefined : await digestAt(checksum, basename(file), download);
    if (told === MISSING) return { day, file, outcome: 'missing', verified: false };
    if (await isThere(file, told)) return { day, file, outcome: 'there', verified };
    const outcome = await downloadFile(url, file, told, download);
    if (outcome === MISSING) return { day, file, outcome: 'missing', verified: false };
    if (told !== undefined) writeWhole(`${file}.CHECKSUM`, `${told}  ${basename(file)}\n`);
    return { day, file, outcome: 'fetched', verified };
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    return { day, file, outcome: 'failed', verified: false, why: error.message };
  }
}

/** The venue may issue a file again: what is there has to have the checksum that it has today. */
async function isThere(file: string, told: string | undefined): Promise<boolean> {
  if (!existsSync(file)) return false;
  return told === undefined || (await sha256OfFile(file)).sha256 === told;
}

async function digestAt(url: string, name: string, download: DownloadOptions): Promise<string> {
  const text = await downloadText(url, { ...download, onBytes: undefined });
  if (text === MISSING) return MISSING;
  const [, digest, of] = /^([0-9a-f]{64})\s+\*?(\S+)\s*$/i.exec(text) ?? [];
  if (of !== name) return fail('input', url, `a sha256 of ${name}`, text.slice(0, 100));
  return digest.toLowerCase();
}
