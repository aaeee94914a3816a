/**
 * Deribit: the channels `trades.*`, and the answers of `get_last_trades_by_instrument`. The id is `trade_seq`, which is
 * dense per instrument; `trade_id` is not.
 */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

function rowsOf(message: Json): readonly Json[] {
  const params = member(message, 'params');
  const isTrades = (textOf(member(params, 'channel')) ?? '').startsWith('trades.');
  const rows = isTrades ? member(params, 'data') : member(member(message, 'result'), 'trades');
  return elements(rows).filter((row) => member(row, 'trade_seq') !== undefined);
}

function tradeOf(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'instrument_name')),
    id: textOf(member(row, 'trade_seq')),
    time: textOf(member(row, 'timestamp')),
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'amount')),
    ...sideByWord(textOf(member(row, 'direction')), 'buy', 'sell'),
  };
}

export const deribit = frameVenue({
  name: 'deribit',
  profiles: ['deribit', 'deribit-linear'],
  knows: (message) => rowsOf(message).length > 0,
  decoder: () => (message, sink) => {
    for (const trade of oldestFirst(rowsOf(message).map(tradeOf))) sink.trade(trade);
  },
});
