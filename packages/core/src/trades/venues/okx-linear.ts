/** OKX swaps and futures in USDT and USDC: quantities count contracts, whose size differs. */
import { profile } from './profile.ts';

export const okxLinear = profile({
  name: 'okx-linear',
  title: 'OKX linear contracts',
  source: 'https://www.okx.com/docs-v5/en/',
  defaults: {
    contract: 'linear',
    amount: 'contracts',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  needs: ['size'],
  symbols: '^[A-Za-z0-9]+-USD[TC]-(SWAP|\\d{6})$',
  tardis: ['okex-swap', 'okex-futures'],
});
