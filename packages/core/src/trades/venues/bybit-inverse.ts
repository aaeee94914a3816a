/** Bybit coin-margined contracts: quantities in USD, ids are UUIDs. */
import { profile } from './profile.ts';

export const bybitInverse = profile({
  name: 'bybit-inverse',
  title: 'Bybit inverse contracts',
  source: 'https://bybit-exchange.github.io/docs/v5/websocket/public/trade',
  defaults: {
    contract: 'inverse',
    size: 1,
    ids: 'unique',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: 'USD([HMUZ]\\d\\d)?$',
  tardis: ['bybit'],
});
