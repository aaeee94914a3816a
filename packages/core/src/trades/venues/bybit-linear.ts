/** Bybit USDT and USDC contracts: quantities in base units, ids are UUIDs. */
import { profile } from './profile.ts';

export const bybitLinear = profile({
  name: 'bybit-linear',
  title: 'Bybit linear contracts',
  source: 'https://bybit-exchange.github.io/docs/v5/websocket/public/trade',
  defaults: {
    contract: 'linear',
    size: 1,
    ids: 'unique',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: '(USDT|PERP|-\\d\\d[A-Z]{3}\\d\\d)$',
  tardis: ['bybit'],
});
