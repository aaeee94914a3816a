/** `fetch`: a venue's own files of whole days. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { makeDirectory, sha256OfFile, writeWhole } from '../../files/atomic.ts';
import { MISSING, downloadFile, downloadText, type DownloadOptions } from '../../files/download.ts';
import type { Venue } from '../../venues/contract/venue.ts';
import { venues } from '../../venues/exchanges.gen.ts';
import { venueOfMarket } from '../../venues/named.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';

/** What `fetch` takes. */
export interface FetchOptions extends RunOptions {
  /** A market as `venues` lists them: `binance-spot`. */
  readonly venue: string;
  /** As the venue writes it. */
  readonly symbol: string;
  /** The first day, as 2024-08-08, where the venue's days begin. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** Directory of the files. */
  readonly out: string;
  /** In place of the venue's own host: a mirror with the same paths. */
  readonly baseUrl?: string | undefined;
}

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

/** What `fetch` did. */
export interface FetchReport {
  /** Every day that was asked for, in order. */
  readonly days: readonly FetchedDay[];
  /** Whether all of them are there. */
  readonly complete: boolean;
  /** That it took. */
  readonly seconds: number;
}

/** More days than that are a slip of the pen. */
const MOST_DAYS = 10_000;

/** A file to be fetched. */
interface Order {
  readonly day: string;
  readonly file: string;
  readonly url: string;
  readonly checksum: string | null;
}

/**
 * Fetches files of days, one after the other, verified by the venue's checksums where it has any. What is there and verified is
 * left as it is; a file that was cut off is gone on with.
 * @throws {MinotaurError} for a venue without such files, days that are none, or a place that cannot be written; a day that
 * cannot be had is in the report
 */
export async function fetchDumps(options: FetchOptions): Promise<FetchReport> {
  const started = beginRun(options);
  const orders = ordersOf(options);
  makeDirectory(options.out);
  const course = createCourse(options, { step: 'fetch', unit: 'KiB' });
  let bytes = 0;
  const onBytes = (more: number): void => {
    const before = Math.floor(bytes / 1024);
    bytes += more;
    course.tell(Math.floor(bytes / 1024) - before);
  };
  const download: DownloadOptions = { fetch, signal: options.signal, onBytes };
  const days: FetchedDay[] = [];
  for (const order of orders) days.push(await fetchDay(order, download));
  const complete = days.every(({ outcome }) => outcome === 'fetched' || outcome === 'there');
  return { days, complete, seconds: secondsSince(started) };
}

function ordersOf({ venue: profile, symbol, from, to, out, baseUrl }: FetchOptions): Order[] {
  const all: readonly Venue[] = Object.values(venues);
  const withDumps = all.filter(({ dump }) => dump !== undefined).flatMap(({ profiles }) => profiles);
  const dump = venueOfMarket(profile)?.dump;
  if (dump === undefined) return fail('config', 'venue', `one with files of days: ${withDumps.join(', ')}`, profile);
  return daysOf(from, to).map((day) => {
    const { url, checksum } = dump.file(symbol, day, profile);
    const file = join(out, decodeURIComponent(basename(new URL(url).pathname)).replaceAll(/[/\\]/g, '_'));
    return { day, file, url: rebased(url, baseUrl), checksum: checksum && rebased(checksum, baseUrl) };
  });
}

function daysOf(from: string, to: string): string[] {
  const [first, last] = [dayOf('from', from), dayOf('to', to)];
  const count = (last - first) / MICROS_PER_DAY + 1;
  if (!(count >= 1 && count <= MOST_DAYS)) fail('config', 'from, to', `1 to ${MOST_DAYS} days`, `${count}`);
  return Array.from({ length: count }, (_, i) => formatTime(first + i * MICROS_PER_DAY).slice(0, 10));
}

function dayOf(where: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? parseIso(`${text}T00:00:00Z`) : NaN;
  return time === time ? time : fail('config', where, 'a day as 2024-08-08', text);
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

async function fetchDay({ day, file, url, checksum }: Order, download: DownloadOptions): Promise<FetchedDay> {
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
