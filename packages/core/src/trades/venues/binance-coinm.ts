/** Binance COIN-M futures: quantities count contracts of 100 USD (BTC) or 10 USD (all else). */
import { profile } from './profile.ts';

export const binanceCoinm = profile({
  name: 'binance-coinm',
  title: 'Binance COIN-M futures',
  source: 'https://developers.binance.com/docs/derivatives/coin-margined-futures/websocket-market-streams',
  defaults: { contract: 'inverse', amount: 'contracts', ids: 'dense', officialGaps: true, timeUnit: 'ms' },
  needs: ['size'],
  symbols: 'USD_(PERP|\\d{6})$',
  tardis: ['binance-delivery'],
});
