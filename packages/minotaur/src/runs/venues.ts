/** `venues`: what is known of each venue, and how well. */
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { Provenance, Venue } from '../venues/contract/venue.ts';
import { venues } from '../venues/exchanges.gen.ts';
import { factsOf, holesSeen, marketOf, reachOf, tradesPerMinute, type HoleSight } from '../venues/facts.ts';

/** A market of a venue. */
export interface VenueEntry {
  /** By which a configuration names it. */
  readonly venue: string;
  /** As people call it. */
  readonly title: string;
  /** What its ids are good for. */
  readonly ids: IdKind;
  /** Which of its numbers the id is. */
  readonly id: string;
  /** Which of its trades count. */
  readonly counts: string;
  /** How the taker's side is told. */
  readonly side: string;
  /** Addresses of its stream, the first tried first; empty: its recordings are read, and no more. */
  readonly urls: readonly string[];
  /** How a missed trade is noticed. */
  readonly holesSeen: HoleSight;
  /**
   * What a new session finds of before: `rest`, as far back as that goes; `files`, beyond the newest page, once the file of its
   * first day is there, until when it collects; `none`: beyond the newest page, if there is one, its own trades alone.
   */
  readonly reach: 'rest' | 'files' | 'none';
  /** How missed trades are asked for; null: they are not. */
  readonly repair: RepairEntry | null;
  /** The venue's files of whole days; null: none that are known. */
  readonly dump: DumpEntry | null;
  /** Every fact by how well it is known: `seen` in real messages, `documented` by the venue, or from `memory`, which is a guess. */
  readonly facts: Readonly<Record<Provenance, readonly string[]>>;
}

/** How missed trades are asked for. */
export interface RepairEntry {
  /** What a page begins with: the id asked for, the time asked for, or whatever is newest. */
  readonly by: 'id' | 'time' | 'newest';
  /** How far back, in words. */
  readonly reaches: string;
  /** Most trades of a page. */
  readonly pageSize: number;
  /** Trades that the budget of a minute gives; null where both it and the size of a page are guesses. */
  readonly tradesPerMinute: number | null;
  /** What the budget counts, and how much of it a page takes and a minute gives. */
  readonly budget: { readonly unit: string; readonly perPage: number; readonly perMinute: number };
  /** Whether it takes a key. */
  readonly needsKey: boolean;
}

/** The venue's files of whole days. */
export interface DumpEntry {
  /** The address of one of them. */
  readonly example: string;
  /** What the readers of files call it. */
  readonly layout: string;
  /** When it is there, in words. */
  readonly published: string;
}

/** Every market of every venue whose messages are read, by name. */
export function listVenues(): readonly VenueEntry[] {
  const all: readonly Venue[] = Object.values(venues);
  const entries = all.flatMap((venue) => venue.profiles.map((profile) => entryOf(marketOf(venue, profile), profile)));
  return entries.toSorted((a, b) => (a.venue < b.venue ? -1 : 1));
}

function entryOf(venue: Venue, profile: string): VenueEntry {
  const { title = venue.title, defaults } = profileNamed(profile) ?? {};
  const ids = defaults?.ids ?? 'none';
  const facts = factsOf(venue, profile);
  const known = (from: Provenance): string[] => facts.filter((fact) => fact.from === from).map(({ name }) => name);
  return {
    venue: profile,
    title,
    ids,
    id: venue.id.value,
    counts: venue.counts.value,
    side: venue.side.value,
    urls: venue.stream?.urls[profile].value ?? [],
    holesSeen: holesSeen(ids, venue),
    reach: reachOf(venue, profile),
    repair: repairOf(venue),
    dump: dumpOf(venue, profile),
    facts: { seen: known('seen'), documented: known('documented'), memory: known('memory') },
  };
}

function repairOf({ repair }: Venue): RepairEntry | null {
  if (repair === undefined) return null;
  return {
    by: repair.by.value,
    reaches: repair.reaches.value,
    pageSize: repair.pageSize.value,
    tradesPerMinute: tradesPerMinute(repair),
    budget: repair.budget.value,
    needsKey: repair.needsKey.value,
  };
}

function dumpOf({ dump }: Venue, profile: string): DumpEntry | null {
  if (dump === undefined) return null;
  const { url } = dump.file('SYMBOL', '2026-01-31', profile);
  return { example: url, layout: dump.layouts[profile].value, published: dump.published.value };
}
