/** BitMEX contracts in USDT: quantities count contracts, whose size differs. */
import { profile } from './profile.ts';

export const bitmexLinear = profile({
  name: 'bitmex-linear',
  title: 'BitMEX linear contracts',
  source: 'https://www.bitmex.com/app/wsAPI',
  defaults: {
    contract: 'linear',
    amount: 'contracts',
    ids: 'unique',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  needs: ['size'],
  symbols: 'USDT([FGHJKMNQUVXZ]\\d\\d)?$',
  tardis: ['bitmex'],
});
