/** Whose a message is, and its trades in columns. */
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { profileOfSymbol } from 'minotaur-core/internal/trades/venues/told';
import { setId } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { numberOf } from '../csv/parse.ts';
import { microsOf } from '../csv/time-unit.ts';
import type { FrameVenue, RawTrade } from './frame-venue.ts';
import { frameVenues } from './frames.gen.ts';
import { parseExact, type Json } from './json.ts';

const ALL: readonly FrameVenue[] = Object.values(frameVenues);

/** The venue whose market has the profile of that name. */
export function frameVenueOf(profile: string): FrameVenue | undefined {
  return ALL.find(({ profiles }) => profiles.includes(profile));
}

/** The venue of the first message that one of them knows. */
export function frameVenueOfMessages(messages: Iterable<Json>): FrameVenue | undefined {
  for (const message of messages) {
    const venue = ALL.find(({ knows }) => knows(message));
    if (venue !== undefined) return venue;
  }
  return undefined;
}

/** Names of the venues whose messages are read. */
export const frameVenueNames = (): string[] => ALL.map(({ name }) => name);

/** The profile of the market of `venue` that has `symbol`, where only one can be meant. */
export function profileOfTrade(venue: FrameVenue, symbol: string | undefined): VenueProfile | undefined {
  return symbol === undefined ? undefined : profileOfSymbol(venue.profiles, symbol);
}

/** The message of a line of a recording: `<receive time in ns> <message>`, or the message alone. */
export function messageOfLine(line: string): Json | undefined {
  try {
    return parseExact(line.replace(/^\d{16,20} /, ''));
  } catch {
    return undefined;
  }
}

/** Writes a trade into row `i`; what cannot be read is NaN, which the chain counts and reports. */
export function setRawTrade(block: TradeBlock, i: number, trade: RawTrade): void {
  block.time[i] = microsOf(trade.time ?? '');
  block.price[i] = numberOf(trade.price ?? '');
  block.quantity[i] = numberOf(trade.quantity ?? '');
  block.side[i] = trade.side;
  setId(block.id, i, trade.id);
}
