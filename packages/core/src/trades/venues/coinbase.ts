/** Coinbase Exchange. Its `side` is that of the maker: `buy` is a trade that the taker sold. */
import { profile } from './profile.ts';

export const coinbase = profile({
  name: 'coinbase',
  title: 'Coinbase Exchange',
  source: 'https://docs.cdp.coinbase.com/exchange/websocket-feed/channels',
  defaults: {
    contract: 'spot',
    ids: 'dense',
    sideMeans: 'maker',
    sides: { buy: ['buy'], sell: ['sell'] },
    timeUnit: 'us',
  },
  tardis: ['coinbase'],
});
