/**
 * Bitfinex: the channel `trades`, and the answers of `trades/.../hist`. A channel is a number that a message at the start
 * gives its symbol. Every trade comes twice: when it is executed (`te`), which is taken, and when it is booked (`tu`).
 */
import { frameVenue, oldestFirst, sideBySign, type RawTrade } from './frame-venue.ts';
import { elements, member, textOf, type Json } from './json.ts';

const isAnnounced = (message: Json): boolean =>
  textOf(member(message, 'event')) === 'subscribed' && textOf(member(message, 'channel')) === 'trades';
const isRow = (row: Json | undefined): boolean => {
  const [id, time, amount, price] = elements(row).map(textOf);
  return /^\d+$/.test(id ?? '') && /^\d{13}$/.test(time ?? '') && amount !== undefined && price !== undefined;
};
const isExecution = (message: Json): boolean => textOf(elements(message)[1]) === 'te';

function tradeOf(row: Json, symbol: string | undefined): RawTrade {
  const [id, time, amount, price] = elements(row).map(textOf);
  return { symbol, id, time, price, ...sideBySign(amount) };
}

export const bitfinex = frameVenue({
  name: 'bitfinex',
  profiles: ['bitfinex'],
  knows: (message) =>
    isAnnounced(message) || (isExecution(message) && isRow(elements(message)[2])) || isRow(elements(message)[0]),
  decoder: () => {
    const symbols = new Map<string, string>();
    return (message, sink) => {
      if (isAnnounced(message)) {
        symbols.set(textOf(member(message, 'chanId')) ?? '', textOf(member(message, 'symbol')) ?? '');
        return;
      }
      const [channel, second, third] = elements(message);
      if (isRow(channel)) {
        for (const trade of oldestFirst(elements(message).map((row) => tradeOf(row, undefined)))) sink.trade(trade);
        return;
      }
      const symbol = symbols.get(textOf(channel) ?? '');
      if (symbol === undefined) {
        if (isExecution(message)) sink.leftOut('channel that was not announced');
        return;
      }
      if (isExecution(message)) sink.trade(tradeOf(third, symbol));
      else for (const trade of oldestFirst(elements(second).map((row) => tradeOf(row, symbol)))) sink.trade(trade);
    };
  },
});
