/** Coinbase Advanced Trade: the channel `market_trades`, whose messages may have the newest trade first. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const isTrades = (message: Json): boolean => textOf(member(message, 'channel')) === 'market_trades';

function tradeOf(trade: Json): RawTrade {
  return {
    symbol: textOf(member(trade, 'product_id')),
    id: textOf(member(trade, 'trade_id')),
    time: textOf(member(trade, 'time')),
    price: textOf(member(trade, 'price')),
    quantity: textOf(member(trade, 'size')),
    ...sideByWord(textOf(member(trade, 'side')), 'buy', 'sell'),
  };
}

export const coinbaseAdvanced = frameVenue({
  name: 'coinbase advanced',
  profiles: ['coinbase-advanced'],
  knows: isTrades,
  decoder: () => (message, sink) => {
    if (!isTrades(message)) return;
    for (const event of elements(member(message, 'events'))) {
      const trades = elements(member(event, 'trades')).map(tradeOf);
      for (const trade of oldestFirst(trades)) sink.trade(trade);
    }
  },
});
