/** An instrument in a line. */
import { instrumentWords } from '../../pages/instrument-words.ts';
import type { Manifest } from '../../runs.ts';

/** What was settled, and by what where the configuration does not say it. */
export function instrumentLine(
  instrument: Manifest['instruments'][number],
  told: Readonly<Record<string, string>> = {},
): string {
  return `instrument ${instrumentWords(instrument, told)}`;
}
