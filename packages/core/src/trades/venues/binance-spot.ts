/** Binance spot. Ids are dense per symbol; dumps are in microseconds since 2025, the stream where it is asked for them. */
import { profile } from './profile.ts';

export const binanceSpot = profile({
  name: 'binance-spot',
  title: 'Binance spot',
  source: 'https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams',
  defaults: { contract: 'spot', ids: 'dense', timeUnit: 'us' },
  symbols: '^[^_]+$',
  tardis: ['binance'],
});
