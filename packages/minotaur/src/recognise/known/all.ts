/** Everything that is known, the likeliest first. */
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { knownOf, type Known } from './known.ts';
import { MOMENTUM } from './momentum.ts';
import { CALENDAR, RANGES, VOLUME } from './ranges.ts';
import { CLOSE_WINDOWS, WINDOWS } from './windows.ts';

/** Candlestick patterns, by their names in TA-Lib. */
const PATTERNS = knownOf(
  [...catalogue.values()]
    .filter(({ family, inputs }) => family === 'pattern' && inputs.join() === 'open,high,low,close')
    .filter(({ name }) => name.startsWith('cdl'))
    .filter(({ params }) => params.every((one) => one.default !== undefined))
    .map(({ name }) => [`${name}(open, high, low, close)`, name.replaceAll(/\d/g, '')] as const),
);

export const KNOWN: readonly Known[] = [
  ...WINDOWS,
  ...MOMENTUM,
  ...RANGES,
  ...VOLUME,
  ...CLOSE_WINDOWS,
  ...CALENDAR,
  ...PATTERNS,
];
