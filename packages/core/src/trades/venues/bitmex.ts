/** BitMEX contracts in bitcoin on the dollar (XBTUSD and its futures): one contract is 1 USD. Quanto contracts are none of these. */
import { profile } from './profile.ts';

export const bitmex = profile({
  name: 'bitmex',
  title: 'BitMEX XBTUSD',
  source: 'https://www.bitmex.com/app/wsAPI',
  defaults: {
    contract: 'inverse',
    size: 1,
    ids: 'unique',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  symbols: '^XBT(USD|[FGHJKMNQUVXZ]\\d\\d)$',
  tardis: ['bitmex'],
});
