/** Bars where trades are asked for. */
import { fail } from 'minotaur-core/internal/base/errors';
import { isAddress } from './address-line.ts';
import { plainName } from './telling.ts';

/** Names by which a table is one of bars, and not of trades. */
const OF_BARS = ['open', 'high', 'low', 'close'];

/** Whether columns of these names are those of bars. */
export const areOfBars = (names: readonly string[]): boolean =>
  OF_BARS.every((wanted) => names.some((name) => plainName(name) === wanted));

/** Refuses bars, of which no column is a trade's price. */
export function requireNoBars(names: readonly string[], where: string): void {
  if (!areOfBars(names)) return;
  const found = `bars (${OF_BARS.join(', ')}), which a clock with \`bars: given\` takes (--bars instead of --trades)`;
  fail('input', where, 'trades', found);
}

/** Refuses bars below an address, which is left out where bars are asked for. */
export function requireNoBarsBelow([first = '', second = '']: readonly string[], file: string): void {
  if (isAddress(first)) requireNoBars(second.split(/[,;\t]/), file);
}
