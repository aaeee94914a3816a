/** Binance USD-M futures. Trades of the insurance fund and of deleveraging are on the stream alone: their ids are missing from dumps and answers, and they are left out of the stream. */
import { profile } from './profile.ts';

export const binanceUsdm = profile({
  name: 'binance-usdm',
  title: 'Binance USD-M futures',
  source: 'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams',
  defaults: { contract: 'linear', size: 1, ids: 'dense', officialGaps: true, timeUnit: 'ms' },
  symbols: '^[^_]+$|USD[TC]_\\d{6}$',
  tardis: ['binance-futures'],
});
