/** Bitfinex: one counter of ids for all pairs; the sign of the amount is the side. */
import { profile } from './profile.ts';

export const bitfinex = profile({
  name: 'bitfinex',
  title: 'Bitfinex',
  source: 'https://docs.bitfinex.com/reference/ws-public-trades',
  defaults: { contract: 'spot', ids: 'rising', timeUnit: 'ms' },
  symbols: '^t[A-Z0-9]+(:[A-Z0-9]+)?$',
  tardis: ['bitfinex'],
});
