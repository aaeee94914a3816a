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

/** How a missed trade is noticed. */
export type HoleSight = 'at once' | 'by asking' | 'no';

/** Dense ids show it on the stream; rising ones where the venue is asked which trades there were; unique ones never. */
export function holesSeen(ids: IdKind, { repair }: Venue): HoleSight {
  if (ids === 'dense') return 'at once';
  return ids === 'rising' && repair !== undefined && repair.by.value !== 'newest' ? 'by asking' : 'no';
}

/** Trades that the budget of a minute gives. */
export function tradesPerMinute({ budget, pageSize }: NonNullable<Venue['repair']>): number {
  return pageSize.value * Math.floor(budget.value.perMinute / budget.value.perPage);
}
