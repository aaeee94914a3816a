/** Bybit spot: ids of 19 digits. */
import { profile } from './profile.ts';

export const bybitSpot = profile({
  name: 'bybit-spot',
  title: 'Bybit spot',
  source: 'https://bybit-exchange.github.io/docs/v5/websocket/public/trade',
  defaults: {
    contract: 'spot',
    ids: 'rising',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  tardis: ['bybit-spot'],
});
