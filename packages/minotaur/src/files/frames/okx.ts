/** OKX: the channels `trades` and `trades-all`, and the answers of `market/trades` and `market/history-trades`. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

/** Both a message and an answer have their trades in `data`. */
function rowsOf(message: Json): readonly Json[] {
  const channel = textOf(member(member(message, 'arg'), 'channel')) ?? '';
  if (member(message, 'code') === undefined && !/^trades(-all)?$/.test(channel)) return [];
  return elements(member(message, 'data')).filter((row) => member(row, 'tradeId') !== undefined);
}

function tradeOf(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'instId')),
    id: textOf(member(row, 'tradeId')),
    time: textOf(member(row, 'ts')),
    price: textOf(member(row, 'px')),
    quantity: textOf(member(row, 'sz')),
    ...sideByWord(textOf(member(row, 'side')), 'buy', 'sell'),
  };
}

export const okx = frameVenue({
  name: 'okx',
  profiles: ['okx', 'okx-linear', 'okx-inverse'],
  knows: (message) => rowsOf(message).length > 0,
  decoder: () => (message, sink) => {
    for (const trade of oldestFirst(rowsOf(message).map(tradeOf))) sink.trade(trade);
  },
});
