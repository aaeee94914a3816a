/** An instrument in a line. */
import type { Manifest } from '../../runs.ts';

/** What was settled, and by what where the configuration does not say it. */
export function instrumentLine(
  { name, symbol, venue, contract, size, ids }: Manifest['instruments'][number],
  told: Readonly<Record<string, string>> = {},
): string {
  const by = [...new Set(Object.values(told))].map((source) => {
    const keys = Object.keys(told).filter((key) => told[key] === source);
    return `${keys.join(', ')} told by ${source}`;
  });
  const counted = contract === 'spot' ? contract : `${contract} of ${size}`;
  const what = [...(venue === null ? [] : [venue]), counted, `ids ${ids}`].join(', ');
  const role = name === symbol ? symbol : `${name}, ${symbol}`;
  return `instrument ${role}: ${what}${by.length === 0 ? '' : ` (${by.join('; ')})`}`;
}
