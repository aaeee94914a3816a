/** Coinbase Advanced Trade: the same trades and ids as Coinbase Exchange, with the side of the taker, as far as is known: others read the maker's. */
import { profile } from './profile.ts';

export const coinbaseAdvanced = profile({
  name: 'coinbase-advanced',
  title: 'Coinbase Advanced Trade',
  source: 'https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels',
  defaults: {
    contract: 'spot',
    ids: 'dense',
    sideMeans: 'taker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'us',
  },
});
