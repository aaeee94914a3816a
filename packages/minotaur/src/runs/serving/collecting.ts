/**
 * A session that collects waits for its venue's files of the day on which its record begins. Once they are there, and the market is
 * calm enough for a new connection to lose nothing that REST has not, it may begin anew.
 */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { existsSync, rmSync } from 'node:fs';
import { sha256OfFile } from '../../files/atomic.ts';
import { makeDirectory } from '../../node/writing.ts';
import { dumpOrder, fetchDay, type DumpOrder } from '../../files/dump-days.ts';
import type { Venue } from '../../venues/contract/venue.ts';
import { reachOf } from '../../venues/facts.ts';
import { venueOfMarket } from '../../venues/named.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';

/** Milliseconds between two attempts to have the files, and between two looks at the market. */
const AGAIN = 900_000;
const CALM = 5000;
/** Trades between two such looks, at most: of a second or two without a connection REST's newest page then has all. */
const CALM_TRADES = 500;

/** An instrument whose trades of before its record come with its venue's file of a day. */
export interface AwaitedFile {
  readonly instrument: Instrument;
  /** As 2024-08-07, as its venue counts days. */
  readonly day: string;
}

type DumpVenue = Venue & Required<Pick<Venue, 'dump'>>;

/** The venue of an instrument whose REST has the newest page alone, and whose files of days meet what was recorded. */
export function collectedAt({ venue }: Instrument): DumpVenue | undefined {
  const known = venue === null ? undefined : venueOfMarket(venue);
  if (known?.dump === undefined || venue === null || reachOf(known, venue) !== 'files') return undefined;
  return { ...known, dump: known.dump };
}

/** The day that is waited for of an instrument whose record begins then, microseconds. */
export function awaitedOf(instrument: Instrument, begins: number): readonly AwaitedFile[] {
  const venue = collectedAt(instrument);
  if (venue === undefined) return [];
  return [{ instrument, day: formatTime(begins - 1 + aheadOf(venue)).slice(0, 10) }];
}

const aheadOf = ({ dump }: DumpVenue): number => dump.dayAheadHours.value * 3_600e6;

/** Files, and where they are. */
export interface AwaitedFiles {
  readonly awaited: readonly AwaitedFile[];
  /** Where files of days are put. */
  readonly directory: string;
  /** In place of the hosts of venues' files, by venue. */
  readonly hosts: Readonly<Record<string, { readonly dumps?: string | undefined }>>;
}

export interface WaitOrder extends AwaitedFiles {
  readonly around: Surroundings;
  /** Digests of files that a session has begun with, and they were not enough: a venue may have published a part of one. */
  readonly tried: ReadonlySet<string>;
  /** Rows have become ready: there is nothing to wait for. */
  readonly isReady: () => boolean;
  /** Trades so far. */
  readonly trades: () => number;
  readonly onThere: () => void;
}

/** Waits until what is returned is called. */
export function waitForFiles(order: WaitOrder): () => void {
  const { around, isReady, trades, onThere, awaited } = order;
  const stopping = new AbortController();
  let off = (): void => {};
  const later = (milliseconds: number, run: () => void): void => {
    if (!stopping.signal.aborted && !isReady()) off = around.later(milliseconds, run);
  };
  const calm = (before: number): void => {
    const now = trades();
    if (now - before > CALM_TRADES) later(CALM, () => calm(now));
    else if (!isReady()) onThere();
  };
  let again = AGAIN;
  const look = (): void => {
    stateOf(order, stopping.signal).then(
      (state) => {
        const before = trades();
        if (state === 'there') return later(CALM, () => calm(before));
        later(again, look);
        // It is fetched to see whether it is another: less and less often.
        if (state === 'tried') again *= 2;
      },
      () => later(again, look),
    );
  };
  if (awaited.length > 0) later(AGAIN, look);
  return () => {
    stopping.abort();
    off();
  };
}

/** Digests of the files that are there. */
export async function digestsOf(files: AwaitedFiles): Promise<readonly string[]> {
  const there = ordersOf(files).flatMap(({ order: { file } }) => (existsSync(file) ? [file] : []));
  return Promise.all(there.map(async (file) => (await sha256OfFile(file)).sha256));
}

function ordersOf({ awaited, directory, hosts }: AwaitedFiles): readonly { order: DumpOrder; ahead: number }[] {
  return awaited.flatMap(({ instrument, day }) => {
    const venue = collectedAt(instrument);
    if (venue === undefined) return [];
    const { dump, name } = venue;
    const { symbol, venue: profile } = instrument;
    const wanted = { dump, profile: profile ?? '', symbol, day, directory, baseUrl: hosts[name]?.dumps };
    return [{ order: dumpOrder(wanted), ahead: aheadOf(venue) }];
  });
}

/** Whether all files are there, and any of them is another than was tried. */
async function stateOf(order: WaitOrder, signal: AbortSignal): Promise<'absent' | 'tried' | 'there'> {
  const { directory, around, tried } = order;
  makeDirectory(directory);
  const orders = ordersOf(order);
  for (const { order: one, ahead } of orders) {
    // Today is not over.
    if (formatTime(around.wall() + ahead).slice(0, 10) <= one.day) return 'absent';
    const { outcome } = await fetchDay(one, { fetch, signal });
    if (outcome !== 'fetched' && outcome !== 'there') return 'absent';
  }
  if ((await digestsOf(order)).some((digest) => !tried.has(digest))) return 'there';
  // What is there is not fetched again.
  for (const { order: one } of orders) rmSync(one.file, { force: true });
  return 'tried';
}
