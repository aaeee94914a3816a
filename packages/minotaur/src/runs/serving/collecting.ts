/**
 * A session that collects waits for its venue's files of the day on which its record begins. Once they are there, and the market is
 * calm enough for a new connection to lose nothing that REST has not, it may begin anew.
 */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { makeDirectory } from '../../node/writing.ts';
import { dumpOrder, fetchDay } from '../../files/dump-days.ts';
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

export interface WaitOrder {
  readonly awaited: readonly AwaitedFile[];
  /** Where files of days are put. */
  readonly directory: string;
  /** In place of the hosts of venues' files, by venue. */
  readonly hosts: Readonly<Record<string, { readonly dumps?: string | undefined }>>;
  readonly around: Surroundings;
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
  const look = (): void => {
    areThere(order, stopping.signal).then(
      (are) => {
        const before = trades();
        if (are) later(CALM, () => calm(before));
        else later(AGAIN, look);
      },
      () => later(AGAIN, look),
    );
  };
  if (awaited.length > 0) later(AGAIN, look);
  return () => {
    stopping.abort();
    off();
  };
}

async function areThere({ awaited, directory, hosts, around }: WaitOrder, signal: AbortSignal): Promise<boolean> {
  makeDirectory(directory);
  for (const { instrument, day } of awaited) {
    const venue = collectedAt(instrument);
    if (venue === undefined) continue;
    const { dump, name } = venue;
    // Today is not over.
    if (formatTime(around.wall() + aheadOf(venue)).slice(0, 10) <= day) return false;
    const { symbol, venue: profile } = instrument;
    const wanted = { dump, profile: profile ?? '', symbol, day, directory, baseUrl: hosts[name]?.dumps };
    const { outcome } = await fetchDay(dumpOrder(wanted), { fetch, signal });
    if (outcome !== 'fetched' && outcome !== 'there') return false;
  }
  return true;
}
