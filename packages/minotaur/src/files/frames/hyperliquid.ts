/** Hyperliquid: the subscription `trades`, and the answers of `recentTrades`. Users' addresses are not read. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

/** An answer is the rows alone. */
function rowsOf(message: Json): readonly Json[] {
  const rows = textOf(member(message, 'channel')) === 'trades' ? member(message, 'data') : message;
  return elements(rows).filter((row) => member(row, 'coin') !== undefined && member(row, 'tid') !== undefined);
}

function tradeOf(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'coin')),
    id: textOf(member(row, 'tid')),
    time: textOf(member(row, 'time')),
    price: textOf(member(row, 'px')),
    quantity: textOf(member(row, 'sz')),
    ...sideByWord(textOf(member(row, 'side')), 'b', 'a'),
  };
}

export const hyperliquid = frameVenue({
  name: 'hyperliquid',
  profiles: ['hyperliquid'],
  knows: (message) => rowsOf(message).length > 0,
  decoder: () => (message, sink) => {
    for (const trade of oldestFirst(rowsOf(message).map(tradeOf))) sink.trade(trade);
  },
});
