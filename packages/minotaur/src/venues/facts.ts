/** What is known of a venue, fact by fact, and how well. */
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { Fact, Provenance, Venue } from './contract/venue.ts';

/** How well a fact is known. */
export interface NamedFact {
  /** As in `stream.limits`. */
  readonly name: string;
  /** Real messages, the venue's documentation, or memory, which is a guess. */
  readonly from: Provenance;
}

/** A venue as one of its markets has it. */
export function marketOf(venue: Venue, profile: string): Venue {
  const own = venue.markets?.[profile];
  if (own === undefined || venue.repair === undefined) return venue;
  return { ...venue, id: own.id, repair: { ...venue.repair, ...own.repair } };
}

/** Every fact of a venue for one of its markets. */
export function factsOf(venue: Venue, profile: string): readonly NamedFact[] {
  const { id, time, side, counts, stream, repair, dump } = venue;
  return [
    ...named('', { id, time, side, counts }),
    ...(stream === undefined
      ? []
      : [
          ...named('stream.', { ...stream, urls: stream.urls[profile] }),
          { name: 'stream.subscribe', from: stream.subscription },
        ]),
    ...(repair === undefined ? [] : named('repair.', repair)),
    ...(dump === undefined
      ? []
      : [{ name: 'dump.file', from: dump.address }, ...named('dump.', { ...dump, layout: dump.layouts[profile] })]),
  ];
}

/** Those of the members that are facts. */
function named(prefix: string, members: object): NamedFact[] {
  return Object.entries(members).flatMap(([key, member]: [string, unknown]) =>
    isFact(member) ? [{ name: `${prefix}${key}`, from: member.from }] : [],
  );
}

const isFact = (member: unknown): member is Fact<unknown> =>
  typeof member === 'object' && member !== null && 'from' in member && 'value' in member;

/** How a session finds the trades before it that REST has no more, or does not have to. */
type Reach = 'rest' | 'files' | 'none';

/**
 * `rest`: pages go back from where the stream begins, and meet what else there is. `files`: the newest page alone is to be had; the
 * files of days meet what was recorded, once the first of them is there: until then a session collects. `none`: nothing meets it.
 */
export function reachOf({ repair, dump }: Venue, profile: string): Reach {
  if (repair !== undefined && repair.by.value !== 'newest') return 'rest';
  return repair === undefined || dump === undefined || dump.withoutIds?.includes(profile) === true ? 'none' : 'files';
}

/** How a missed trade is noticed. */
export type HoleSight = 'at once' | 'by asking' | 'no';

/** Dense ids show it on the stream; rising ones where the venue is asked which trades there were; unique ones never. */
export function holesSeen(ids: IdKind, { repair }: Venue): HoleSight {
  if (ids === 'dense') return 'at once';
  return ids === 'rising' && repair !== undefined && repair.by.value !== 'newest' ? 'by asking' : 'no';
}

/** Trades that the budget of a minute gives; null where the page is a guess as well: two guesses make no figure. */
export function tradesPerMinute({ budget, pageSize }: NonNullable<Venue['repair']>): number | null {
  if (pageSize.from === 'memory' && budget.from === 'memory') return null;
  return pageSize.value * Math.floor(budget.value.perMinute / budget.value.perPage);
}
