/** Bitstamp: the channels `live_trades_*`, and the answers of `transactions/...`, which have whole seconds. */
import { frameVenue, oldestFirst, sideByWord, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const CHANNEL = /^live_trades_(.+)$/;

const isTrade = (message: Json): boolean =>
  textOf(member(message, 'event')) === 'trade' && CHANNEL.test(textOf(member(message, 'channel')) ?? '');
const isAnswer = (row: Json | undefined): boolean =>
  member(row, 'tid') !== undefined && member(row, 'date') !== undefined;

function transactionOf(row: Json): RawTrade {
  return {
    symbol: undefined,
    id: textOf(member(row, 'tid')),
    time: textOf(member(row, 'date')),
    isCoarse: true,
    price: textOf(member(row, 'price')),
    quantity: textOf(member(row, 'amount')),
    ...sideByWord(textOf(member(row, 'type')), '0', '1'),
  };
}

export const bitstamp = frameVenue({
  name: 'bitstamp',
  profiles: ['bitstamp'],
  knows: (message) => isTrade(message) || isAnswer(elements(message)[0]),
  decoder: () => (message, sink) => {
    for (const trade of oldestFirst(elements(message).filter(isAnswer).map(transactionOf))) sink.trade(trade);
    if (!isTrade(message)) return;
    const data = member(message, 'data');
    sink.trade({
      symbol: CHANNEL.exec(textOf(member(message, 'channel')) ?? '')?.[1],
      id: textOf(member(data, 'id')),
      time: textOf(member(data, 'microtimestamp')),
      price: textOf(member(data, 'price_str') ?? member(data, 'price')),
      quantity: textOf(member(data, 'amount_str') ?? member(data, 'amount')),
      ...sideByWord(textOf(member(data, 'type')), '0', '1'),
    });
  },
});
