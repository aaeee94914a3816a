/** Kraken spot: the second version of its stream, the first (which has no ids), and the answers of `public/Trades`. */
import { frameVenue, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const isSecond = (message: Json): boolean =>
  textOf(member(message, 'channel')) === 'trade' && elements(member(message, 'data')).length > 0;
const isFirst = (message: Json): boolean =>
  textOf(elements(message)[2]) === 'trade' && elements(elements(message)[1]).length > 0;

/** Pairs of an answer and their trades. */
function answered(message: Json): [string, readonly Json[]][] {
  const result = member(message, 'result');
  if (member(message, 'error') === undefined || member(result, 'last') === undefined) return [];
  return Object.entries(result as { readonly [pair: string]: Json }).flatMap(([pair, rows]) =>
    Array.isArray(rows) ? [[pair, elements(rows)] as [string, readonly Json[]]] : [],
  );
}

function ofSecond(trade: Json): RawTrade {
  return {
    symbol: textOf(member(trade, 'symbol')),
    id: textOf(member(trade, 'trade_id')),
    time: textOf(member(trade, 'timestamp')),
    price: textOf(member(trade, 'price')),
    quantity: textOf(member(trade, 'qty')),
    ...sideByWord(textOf(member(trade, 'side')), 'buy', 'sell'),
  };
}

/** Price, volume, time, side, order type, miscellaneous and, in answers, id. */
function ofRow(row: Json, symbol: string | undefined): RawTrade {
  const [price, quantity, time, side, , , id] = elements(row).map(textOf);
  return { symbol, id, time, price, quantity, ...sideByWord(side, 'b', 's') };
}

export const kraken = frameVenue({
  name: 'kraken',
  profiles: ['kraken'],
  knows: (message) => isSecond(message) || isFirst(message) || answered(message).length > 0,
  decoder: () => (message, sink) => {
    if (isSecond(message)) for (const trade of elements(member(message, 'data'))) sink.trade(ofSecond(trade));
    else if (isFirst(message)) {
      const [, rows, , pair] = elements(message);
      for (const row of elements(rows)) sink.trade(ofRow(row, textOf(pair)));
    } else {
      for (const [pair, rows] of answered(message)) for (const row of rows) sink.trade(ofRow(row, pair));
    }
  },
});
