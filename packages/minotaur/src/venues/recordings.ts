/** Recorded messages and answers: whose they are, and what a line of them holds. */
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { profileOfSymbol } from 'minotaur-core/internal/trades/venues/told';
import { trades, type Decoded } from './contract/decoded.ts';
import { parseStrict } from './contract/json.ts';
import type { Messages, Venue } from './contract/venue.ts';
import { createDecoder, unknownOf, type Decode } from './contract/decode.ts';
import { venues } from './exchanges.gen.ts';
import { venueOfMarket } from './named.ts';

const ALL: readonly Venue[] = Object.values(venues);
const MESSAGES: readonly Messages[] = [...new Set(ALL.map(({ messages }) => messages))];

/** What the messages of the market with that profile mean. */
export function messagesOf(profile: string): Messages | undefined {
  return venueOfMarket(profile)?.messages;
}

/** Names of those that are read. */
export const messagesNames = (): string[] => MESSAGES.map(({ name }) => name);

/** The profile of the market that has `symbol`, where only one of those with these messages can be meant. */
export function profileOfTrade(messages: Messages, symbol: string | undefined): VenueProfile | undefined {
  const profiles = ALL.filter((venue) => venue.messages === messages).flatMap((venue) => venue.profiles);
  return symbol === undefined ? undefined : profileOfSymbol(profiles, symbol);
}

/** Whose lines these are: those of the first that holds trades or announces them. */
export function messagesOfLines(lines: readonly string[]): Messages | undefined {
  for (const line of lines) {
    const own = MESSAGES.find((messages) => createLineDecoder(messages)(line).some(tells));
    if (own !== undefined) return own;
  }
  return undefined;
}

/** Acknowledgements without a symbol look alike. */
function tells(one: Decoded): boolean {
  if (one.kind === 'trades') return one.trades.length > 0;
  return one.kind === 'leftOut' || (one.kind === 'ack' && one.symbols !== undefined);
}

const textOfLine = (line: string): string => line.replace(/^\d{16,20} /, '');

/** Whether the line holds a message, whatever it says. */
export function isMessage(line: string): boolean {
  try {
    parseStrict(textOfLine(line));
    return true;
  } catch {
    return false;
  }
}

/** Reads lines: `<receive time in ns> <message>`, or the message alone; an answer over REST is one too. */
export function createLineDecoder(messages: Messages): Decode {
  const decode = createDecoder(messages);
  return (line) => {
    const text = textOfLine(line);
    const decoded = decode(text);
    if (decoded[0]?.kind !== 'unknown') return decoded;
    try {
      const answered = messages.answer(parseStrict(text));
      return answered === undefined ? decoded : trades(answered);
    } catch (error) {
      return [unknownOf(error)];
    }
  };
}
