/**
 * What a venue's trades are, as data: one file a venue, with its source. What a profile says stands in for what an
 * instrument of that venue leaves out; the configuration wins.
 */

/** What is paid and counted: spot; a linear contract, settled in quote; an inverse contract, settled in base. */
export type Contract = 'spot' | 'linear' | 'inverse';

/** What the ids of a venue's trades are good for. */
export type IdKind = 'dense' | 'rising' | 'unique' | 'none';

/** Whose side a source's side gives: the taker's, the maker's, or whether the buyer was the maker. */
export type SideMeaning = 'taker' | 'buyerMaker' | 'maker';

/** Words for the sides, as sources of a venue write them; compared without regard to case. */
export interface SideWords {
  /** What `sideMeans` names bought; where it is `buyerMaker`, the words for true. */
  readonly buy: readonly string[];
  /** It sold; where it is `buyerMaker`, the words for false. */
  readonly sell: readonly string[];
  /** Nobody knows; an empty field says so by itself. */
  readonly none?: readonly string[] | undefined;
}

/** Keys of an instrument that a venue settles for all its instruments. */
export interface VenueDefaults {
  /** What is traded. */
  readonly contract?: Contract;
  /** Base units (linear) or quote units (inverse) of one contract. */
  readonly size?: number;
  /** What a source's quantity counts: contracts, or the units themselves, as if `size` were 1. */
  readonly amount?: 'contracts' | 'units';
  /** Prices that can be; without `min`, those above 0. */
  readonly prices?: { readonly min?: number; readonly max?: number };
  /** Times that can be, ISO 8601, from (inclusive) to (exclusive). */
  readonly times?: { readonly from?: string; readonly to?: string };
  /** What an id is good for. */
  readonly ids?: IdKind;
  /** Words for the sides. */
  readonly sides?: SideWords;
  /** Whose side a side is. */
  readonly sideMeans?: SideMeaning;
  /** Times are floored to this unit: the one that the venue's stream and dump share. */
  readonly timeUnit?: 'us' | 'ms' | 's';
  /** Whether ids are missing from the venue's own dumps and answers, so that a missing id is no hole. */
  readonly officialGaps?: boolean;
}

/** A venue, or one of its markets where they differ. */
export interface VenueProfile {
  /** As in `venue: binance-spot`: small letters, digits and dashes; the name of the file. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  /** Where this is documented: an address, or several with a word each. */
  readonly source: string;
  /** What it settles for its instruments. */
  readonly defaults: VenueDefaults;
  /** Keys that differ between its instruments without a default that would be safe: an instrument has to state them. */
  readonly needs?: readonly 'size'[];
  /** What the venue's own symbols of this market look like, where it has several: a regular expression. */
  readonly symbols?: string;
  /** What the column `exchange` of tardis files calls it. */
  readonly tardis?: readonly string[];
}

/** Declares a profile; it is the value itself, checked against the contract by the compiler. */
export function profile<const T extends VenueProfile>(venue: T): T {
  return venue;
}
