/** Bitstamp: the channels `live_trades_*`. */
import { frameVenue, sideByWord } from './frame-venue.ts';
import { member, textOf, type Json } from './json.ts';

const CHANNEL = /^live_trades_(.+)$/;

const isTrade = (message: Json): boolean =>
  textOf(member(message, 'event')) === 'trade' && CHANNEL.test(textOf(member(message, 'channel')) ?? '');

export const bitstamp = frameVenue({
  name: 'bitstamp',
  profiles: ['bitstamp'],
  knows: isTrade,
  decoder: () => (message, sink) => {
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
