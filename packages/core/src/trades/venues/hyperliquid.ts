/** Hyperliquid perpetuals: `tid` is a hash of 50 bits, `B` a trade that the taker bought, `A` (ask) one that the taker sold. */
import { profile } from './profile.ts';

export const hyperliquid = profile({
  name: 'hyperliquid',
  title: 'Hyperliquid',
  source: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions',
  defaults: {
    contract: 'linear',
    size: 1,
    ids: 'unique',
    sideMeans: 'taker',
    sides: { buy: ['B', 'buy'], sell: ['A', 'sell'] },
    timeUnit: 'ms',
  },
  tardis: ['hyperliquid'],
});
