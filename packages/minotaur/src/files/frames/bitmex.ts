/** BitMEX: the table `trade`, and the answers of `/trade`. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const ADDED: ReadonlySet<string> = new Set(['partial', 'insert']);

/** An answer is the rows alone. */
function rowsOf(message: Json): readonly Json[] {
  const isTable = textOf(member(message, 'table')) === 'trade' && ADDED.has(textOf(member(message, 'action')) ?? '');
  return elements(isTable ? member(message, 'data') : message).filter((row) => member(row, 'trdMatchID') !== undefined);
}

function tradeOf(row: Json): RawTrade {
  return {
    symbol: textOf(member(row, 'symbol')),
    id: textOf(member(row, 'trdMatchID')),
    time: textOf(member(row, 'timestamp')),
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'size')),
    ...sideByWord(textOf(member(row, 'side')), 'buy', 'sell'),
  };
}

export const bitmex = frameVenue({
  name: 'bitmex',
  profiles: ['bitmex', 'bitmex-linear'],
  knows: (message) => rowsOf(message).length > 0,
  decoder: () => (message, sink) => {
    for (const trade of oldestFirst(rowsOf(message).map(tradeOf))) sink.trade(trade);
  },
});
