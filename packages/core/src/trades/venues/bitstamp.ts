/** Bitstamp: one counter of ids for all pairs. Answers over REST are in whole seconds. */
import { profile } from './profile.ts';

export const bitstamp = profile({
  name: 'bitstamp',
  title: 'Bitstamp',
  source: 'https://www.bitstamp.net/websocket/v2/',
  defaults: { contract: 'spot', ids: 'rising', timeUnit: 'us' },
  tardis: ['bitstamp'],
});
