/** An instrument in a line. */
import { instrumentWords } from '../../pages/instrument-words.ts';
import type { Manifest } from '../../runs.ts';

/** What was settled, and by what where the configuration does not say it. */
export function instrumentLine(
  instrument: Manifest['instruments'][number],
  told: Readonly<Record<string, string>> = {},
): string {
  // Without a venue it may be a future that nobody has said to be one.
  const spot = instrument.venue !== null || 'contract' in told ? 'spot' : 'counted as price x quantity';
  return `instrument ${instrumentWords(instrument, told, spot)}`;
}
