/** An instrument in words. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';

/**
 * What was settled, and by what where the configuration does not say it.
 * @param spot words for a contract that is counted as spot is
 */
export function instrumentWords(
  {
    name,
    symbol,
    venue,
    contract,
    size,
    ids,
  }: Pick<Instrument, 'name' | 'symbol' | 'venue' | 'contract' | 'size' | 'ids'>,
  told: Readonly<Record<string, string>>,
  spot = 'spot',
): string {
  const by = [...new Set(Object.values(told))].map((source) => {
    const keys = Object.keys(told).filter((key) => told[key] === source);
    return `${keys.join(', ')} told by ${source}`;
  });
  const counted = contract === 'spot' ? spot : `${contract} of ${size}`;
  const what = [...(venue === null ? [] : [venue]), counted, `ids ${ids}`].join(', ');
  const role = name === symbol ? symbol : `${name}, ${symbol}`;
  return `${role}: ${what}${by.length === 0 ? '' : ` (${by.join('; ')})`}`;
}
