/** `fetch`: a venue's own files of whole days. */
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { makeDirectory } from '../../node/writing.ts';
import type { DownloadOptions } from '../../files/download.ts';
import { dumpOrder, fetchDay, type DumpOrder, type FetchedDay } from '../../files/dump-days.ts';
import type { Venue } from '../../venues/contract/venue.ts';
import { venues } from '../../venues/exchanges.gen.ts';
import { venueOfMarket } from '../../venues/named.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';

export type { FetchedDay } from '../../files/dump-days.ts';

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

const FETCH = optionsOf<FetchOptions>(
  { venue: textual, symbol: textual, from: textual, to: textual, out: textual },
  { ...RUN, baseUrl: textual },
);

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

/**
 * Fetches files of days, one after the other, verified by the venue's checksums where it has any. What is there and verified is
 * left as it is; a file that was cut off is gone on with.
 * @throws {MinotaurError} for a venue without such files, days that are none, or a place that cannot be written; a day that
 * cannot be had is in the report
 */
export async function fetchDumps(options: FetchOptions): Promise<FetchReport> {
  requireKind('fetchDumps', FETCH, options);
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

function ordersOf({ venue: profile, symbol, from, to, out, baseUrl }: FetchOptions): DumpOrder[] {
  const all: readonly Venue[] = Object.values(venues);
  const withDumps = all.filter(({ dump }) => dump !== undefined).flatMap(({ profiles }) => profiles);
  const dump = venueOfMarket(profile)?.dump;
  if (dump === undefined) return fail('config', 'venue', `one with files of days: ${withDumps.join(', ')}`, profile);
  // It becomes part of an address.
  if (!/^[^\s/\\?#%]+$/.test(symbol) || /^\.+$/.test(symbol))
    fail('config', 'symbol', 'a symbol as the venue writes it', `'${symbol}'`);
  return daysOf(from, to).map((day) => dumpOrder({ dump, profile, symbol, day, directory: out, baseUrl }));
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
