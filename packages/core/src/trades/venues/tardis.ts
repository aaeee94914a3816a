/** Files of tardis.dev of an exchange that has no profile of its own. */
import { profile } from './profile.ts';

export const tardis = profile({
  name: 'tardis',
  title: 'tardis.dev',
  source: 'https://docs.tardis.dev/downloadable-csv-files#trades',
  defaults: { sideMeans: 'taker', sides: { buy: ['buy'], sell: ['sell'] }, timeUnit: 'us' },
});
