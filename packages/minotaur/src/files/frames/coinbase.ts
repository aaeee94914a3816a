/** Coinbase Exchange: the channel `matches`, and the answers of `products/.../trades`. Its `side` is the maker's. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const MATCHES: ReadonlySet<string> = new Set(['match', 'last_match']);

const isMatch = (message: Json): boolean => MATCHES.has(textOf(member(message, 'type')) ?? '');
const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'trade_id') !== undefined && member(row, 'size') !== undefined;

function tradeOf(match: Json): RawTrade {
  return {
    symbol: textOf(member(match, 'product_id')),
    id: textOf(member(match, 'trade_id')),
    time: textOf(member(match, 'time')),
    price: textOf(member(match, 'price')),
    quantity: textOf(member(match, 'size')),
    ...sideByWord(textOf(member(match, 'side')), 'sell', 'buy'),
  };
}

export const coinbase = frameVenue({
  name: 'coinbase',
  profiles: ['coinbase'],
  knows: (message) => isMatch(message) || isAnswer(elements(message)[0]),
  decoder: () => (message, sink) => {
    if (isMatch(message)) sink.trade(tradeOf(message));
    for (const trade of oldestFirst(elements(message).filter(isAnswer).map(tradeOf))) sink.trade(trade);
  },
});
