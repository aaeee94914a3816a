/** Deribit futures settled in coin: `amount` is in USD. The id is `trade_seq`, dense per instrument; `trade_id` is not. */
import { profile } from './profile.ts';

export const deribit = profile({
  name: 'deribit',
  title: 'Deribit, settled in coin',
  source: 'https://docs.deribit.com/#trades-instrument_name-interval',
  defaults: {
    contract: 'inverse',
    size: 1,
    amount: 'units',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: '^[A-Z0-9]+-(PERPETUAL|\\d{1,2}[A-Z]{3}\\d\\d)$',
  tardis: ['deribit'],
});
