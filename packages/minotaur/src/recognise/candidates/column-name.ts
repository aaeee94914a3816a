/** The name of a column taken apart: `EMA(close, 12)`, `sma_20_close`, `BBL_20_2.0`, `volatility_bbh`. */
import { SERIES } from '../known/series.ts';

/** One way in which a name may be meant. */
export interface NameReading {
  /** What is left of it without numbers, punctuation and series. */
  readonly key: string;
  /** The series that it names. */
  readonly series: string | undefined;
  /** Its numbers, in order. */
  readonly numbers: readonly number[];
}

/** Prefixes by which the package ta says of what family a column is. */
const FAMILIES: ReadonlySet<string> = new Set(['momentum', 'trend', 'volatility', 'volume', 'others']);
const SERIES_NAMES: ReadonlyMap<string, string> = new Map(
  SERIES.flatMap(({ names, expression }) => names.map((name) => [name, expression] as const)),
);

/** The ways in which `name` may be meant, the likeliest first. */
export function readName(name: string): NameReading[] {
  const tokens = name.toLowerCase().match(/\d+(?:\.\d+)?|[a-z]+/g) ?? [];
  const words = tokens.filter((token) => /[a-z]/.test(token));
  const numbers = tokens.filter((token) => !/[a-z]/.test(token)).map(Number);
  const readings: NameReading[] = [{ key: words.join(''), series: undefined, numbers }];
  if (words.length > 1 && FAMILIES.has(words[0]))
    readings.push({ key: words.slice(1).join(''), series: undefined, numbers });
  // One or two words of it may say of what series it is.
  for (const many of [2, 1]) {
    for (let at = 0; at + many <= words.length; at++) {
      const series = SERIES_NAMES.get(words.slice(at, at + many).join(''));
      if (series === undefined) continue;
      const key = words.toSpliced(at, many).join('');
      readings.push({ key: key === '' ? 'value' : key, series, numbers });
    }
  }
  return readings;
}

/** The numbers in names that may be windows: tried beside the usual ones. */
export function windowsIn(names: readonly string[]): number[] {
  const numbers = names.flatMap((name) => readName(name)[0].numbers);
  return [...new Set(numbers)].filter((n) => Number.isInteger(n) && n >= 2 && n <= 2000);
}
