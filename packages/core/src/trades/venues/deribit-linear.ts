/** Deribit futures settled in USDC or USDT: `amount` is in base units. */
import { profile } from './profile.ts';

export const deribitLinear = profile({
  name: 'deribit-linear',
  title: 'Deribit, settled in USDC or USDT',
  source: 'https://docs.deribit.com/#trades-instrument_name-interval',
  defaults: {
    contract: 'linear',
    size: 1,
    amount: 'units',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: '^[A-Z0-9]+_USD[CT]-(PERPETUAL|\\d{1,2}[A-Z]{3}\\d\\d)$',
  tardis: ['deribit'],
});
