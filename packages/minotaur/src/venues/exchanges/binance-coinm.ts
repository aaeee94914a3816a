/** Binance COIN-M futures: quantities count contracts. */
import { documented, seen, venue } from '../contract/venue.ts';
import { binanceMessages } from './binance-messages.ts';

export const binanceCoinm = venue({
  name: 'binance-coinm',
  title: 'Binance COIN-M futures',
  messages: binanceMessages,
  profiles: ['binance-coinm'],
  id: seen('`t` of `@trade`, dense per symbol on the stream'),
  time: seen('ms'),
  side: seen('`m`: the buyer was the maker'),
  counts: documented('`X` MARKET, or no `X`; insurance fund, deleveraging and NA are left out'),
});
