/** OKX swaps and futures in coin: quantities count contracts of 100 USD (BTC) or 10 USD (all else). */
import { profile } from './profile.ts';

export const okxInverse = profile({
  name: 'okx-inverse',
  title: 'OKX inverse contracts',
  source: 'https://www.okx.com/docs-v5/en/',
  defaults: {
    contract: 'inverse',
    amount: 'contracts',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'ms',
  },
  needs: ['size'],
  symbols: '^[A-Za-z0-9]+-USD-(SWAP|\\d{6})$',
  tardis: ['okex-swap', 'okex-futures'],
});
