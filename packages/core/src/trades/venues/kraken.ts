/** Kraken spot, second version of its stream. The first has no ids, nor have its dumps. */
import { profile } from './profile.ts';

export const kraken = profile({
  name: 'kraken',
  title: 'Kraken',
  source: 'https://docs.kraken.com/api/docs/websocket-v2/trade',
  defaults: {
    contract: 'spot',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy', 'b'], sell: ['sell', 's'] },
    timeUnit: 'us',
  },
  tardis: ['kraken'],
});
