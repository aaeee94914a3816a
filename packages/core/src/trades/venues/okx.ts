/** OKX spot. Ids are dense on the channel `trades-all`; `trades` merges fills of one taker and gives the last id. */
import { profile } from './profile.ts';

export const okx = profile({
  name: 'okx',
  title: 'OKX spot',
  source: 'https://www.okx.com/docs-v5/en/',
  defaults: {
    contract: 'spot',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: '^[A-Za-z0-9]+-[A-Za-z0-9]+$',
  tardis: ['okex'],
});
