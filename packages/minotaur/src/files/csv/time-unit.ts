/** The unit of a time column: told by the magnitude of its first value, because files do not say it. */
import { fail } from 'minotaur-core/internal/base/errors';
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';

/** What a time column counts since the epoch; `iso`: text as of ISO 8601. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'iso';

/** Powers of ten from a unit to microseconds. */
export const UNIT_SHIFT: Readonly<Record<Exclude<TimeUnit, 'iso'>, number>> = { s: 6, ms: 3, us: 0, ns: -3 };

/** 2000-01-01 and 2100-01-01 in microseconds: a time outside is taken for a wrong unit. */
export const EARLIEST = 946_684_800_000_000;
const LATEST = 4_102_444_800_000_000;

/** The unit in which `value` is a time in the years 2000 to 2100; undefined where there is none. */
export function unitOf(value: number): Exclude<TimeUnit, 'iso'> | undefined {
  const seconds = [EARLIEST / 1e6, LATEST / 1e6];
  const scales = [
    ['s', 1],
    ['ms', 1e3],
    ['us', 1e6],
    ['ns', 1e9],
  ] as const;
  return scales.find(([, scale]) => value >= seconds[0] * scale && value < seconds[1] * scale)?.[0];
}

/** What a time is written in, told by its size; undefined where it is no time in the years 2000 to 2100. */
export function unitOfText(text: string): TimeUnit | undefined {
  return unitOf(numberOf(text)) ?? (Number.isNaN(parseIso(text)) ? undefined : 'iso');
}

/** A time of a file, as it stands there, to tell the unit by. */
export interface TimeSample {
  readonly text: string;
  /** NaN where it is no number. */
  readonly number: number;
  readonly isIso: boolean;
}

/** A number as spreadsheets and `%g` write it, and what of it are digits. */
const WITH_EXPONENT = /^(\d)\.?(\d*)e\+?(\d+)$/i;

/**
 * Refuses a column of times of which every one lacks digits down to the unit, as where a spreadsheet saved 1709251200138 as
 * 1.70925E+12: all of its trades would have one time. One alone may be a whole number of minutes. Several of one text with an exponent
 * (1.700000000e+09) are as little.
 */
export function requireDigits(texts: readonly string[], where: string): void {
  const isRounded = (text: string): boolean => {
    const [, , behind = '', exponent] = WITH_EXPONENT.exec(text.trim()) ?? [];
    return exponent !== undefined && behind.length < Number(exponent);
  };
  const told = texts.filter((text) => text.trim() !== '');
  const isOne = told.length > 2 && WITH_EXPONENT.test(told[0].trim()) && told.every((text) => text === told[0]);
  if (isOne || (told.length > 1 && told.every(isRounded))) {
    fail('input', where, 'times with all of their digits', `"${told[0]}", rounded by who wrote the file`);
  }
}

/** The first of `texts` that can be read, else the first. */
export function sampleOfTimes(texts: readonly string[]): TimeSample {
  const samples = texts.map((text) => ({
    text,
    number: numberOf(text.trim()),
    isIso: !Number.isNaN(parseIso(text.trim())),
  }));
  return samples.find(({ number, isIso }) => isIso || !Number.isNaN(number)) ?? samples[0];
}

/**
 * The unit to read a file with.
 * @param sample the first time of the file: its number, or NaN for text
 * @param given the unit that the configuration states
 * @throws where the magnitude is that of no unit, or of another than `given`
 */
export function settleUnit(sample: TimeSample, given: TimeUnit | undefined, where: string): TimeUnit {
  const found = sample.isIso ? 'iso' : unitOf(sample.number);
  if (found === undefined) {
    fail('input', where, 'a time in s, ms, us, ns or ISO text, in the years 2000 to 2100', `"${sample.text}"`);
  }
  if (given !== undefined && given !== found) {
    fail(
      'input',
      where,
      `times in ${given}, as the configuration says`,
      `"${sample.text}", which is ${found}: wrong unit`,
    );
  }
  return found;
}

/** Index of the first time in [0, length) outside the years 2000 to 2100, -1 if none. NaN is dirt, not a wrong unit. */
export function findOutOfRange(time: Float64Array, length: number): number {
  for (let i = 0; i < length; i++) if (time[i] < EARLIEST || time[i] >= LATEST) return i;
  return -1;
}

/** The number that a file has for what was read in `unit` as `micros`; undefined where digits of it were cut, or it is text. */
function numberInFile(micros: number, unit: TimeUnit): number | undefined {
  return unit === 'iso' || unit === 'ns' ? undefined : Math.round(micros / Number(`1e${UNIT_SHIFT[unit]}`));
}

/** The unit that a time which was read in `unit` is of by its size, where that is another. */
export function otherUnit(micros: number, unit: TimeUnit): TimeUnit | undefined {
  if (unit === 'iso' || (micros >= EARLIEST && micros < LATEST)) return undefined;
  return unitOf(unit === 'ns' ? micros * 1000 : (numberInFile(micros, unit) ?? NaN));
}

/** Error for a row whose time belongs to another unit than the file's first. */
export function failUnit(where: string, unit: TimeUnit, micros: number): never {
  const other = otherUnit(micros, unit);
  const is =
    other === undefined ? 'which is no time in it' : `which is a time in ${other}: the unit changes within the file`;
  fail(
    'input',
    where,
    `a time in ${unit}, the unit of the file's first row, in the years 2000 to 2100`,
    `${numberInFile(micros, unit) ?? `${micros} microseconds`}, ${is}`,
  );
}
