/**
 * Binance, spot and futures: raw trades and aggregated ones, alone or in a combined stream, and the answers of
 * `trades`, `historicalTrades` and `aggTrades`.
 */
import { frameVenue, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

/** What the field `X` says of trades that no dump has. */
const APART: ReadonlyMap<string, string> = new Map([
  ['INSURANCE_FUND', 'insurance fund'],
  ['ADL', 'deleveraging'],
  ['NA', 'no market trade'],
]);

const eventOf = (message: Json): Json | undefined => member(message, 'data') ?? message;
const isTrade = (event: Json | undefined): boolean => ['trade', 'aggTrade'].includes(textOf(member(event, 'e')) ?? '');
const isAnswer = (row: Json | undefined): boolean =>
  typeof (member(row, 'isBuyerMaker') ?? (member(row, 'f') === undefined ? undefined : member(row, 'm'))) === 'boolean';

const makerSide = (maker: Json | undefined): number => (typeof maker === 'boolean' ? (maker ? -1 : 1) : NaN);

function ofEvent(event: Json | undefined): RawTrade {
  return {
    symbol: textOf(member(event, 's')),
    id: textOf(member(event, textOf(member(event, 'e')) === 'trade' ? 't' : 'a')),
    time: textOf(member(event, 'T')),
    price: textOf(member(event, 'p')),
    quantity: textOf(member(event, 'q')),
    side: makerSide(member(event, 'm')),
  };
}

function ofAnswer(row: Json): RawTrade {
  if (member(row, 'f') !== undefined) return ofEvent(row);
  return {
    symbol: undefined,
    id: textOf(member(row, 'id')),
    time: textOf(member(row, 'time')),
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'qty')),
    side: makerSide(member(row, 'isBuyerMaker')),
  };
}

export const binance = frameVenue({
  name: 'binance',
  profiles: ['binance-spot', 'binance-usdm', 'binance-coinm'],
  knows: (message) => isTrade(eventOf(message)) || isAnswer(elements(message)[0]),
  decoder: () => (message, sink) => {
    for (const row of elements(message)) if (isAnswer(row)) sink.trade(ofAnswer(row));
    const event = eventOf(message);
    if (!isTrade(event)) return;
    const apart = APART.get(textOf(member(event, 'X')) ?? '');
    if (apart !== undefined) sink.leftOut(apart);
    else sink.trade(ofEvent(event));
  },
});
