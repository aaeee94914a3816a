/** Bars to a file, as text that other tools read too. */
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { writeWhole } from './atomic.ts';

/** Writes bars as CSV with a header: the columns that any of them has. The file appears whole or not at all. */
export function writeBars(path: string, bars: readonly GivenBar[]): void {
  const names = BAR_COLUMNS.filter((name) => bars.some((bar) => bar[name] !== undefined && !Number.isNaN(bar[name])));
  const lines = bars.map((bar) => names.map((name) => (Number.isNaN(bar[name] ?? NaN) ? '' : bar[name])).join(','));
  writeWhole(path, `${[names.join(','), ...lines].join('\n')}\n`);
}
