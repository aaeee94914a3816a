/** What a column is, told by its name and its first values. */
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';
import { isNoValue } from '../../files/csv/no-value.ts';
import { unitOf, type TimeUnit } from '../../files/csv/time-unit.ts';
import type { SideColumn } from './side.ts';
import type { Words } from './words.ts';

/** A name without case and punctuation. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Such names under which numbers are times, the likeliest first. `index` and no name are what pandas writes. */
export const TIME_NAMES = [
  'time',
  'timestamp',
  'datetime',
  'ts',
  'opentime',
  'closetime',
  'availableat',
  'date',
  'indexlevel0',
  'index',
  'unnamed0',
  '',
];
/** A value that is beyond all. */
const INFINITE = /^([+-]?)inf(inity)?$/i;
/** Flags are 1 and 0, as those of Parquet. */
const FLAG = /^(true|false)$/i;

export interface TypedColumn extends SideColumn {
  /** Of times. */
  readonly unit: TimeUnit | undefined;
}

/** What a column of texts is. */
export function kindOf(name: string, texts: readonly string[]): TypedColumn {
  const values = texts.map((text) => text.trim()).filter((text) => !isNoValue(text));
  const isTimes = TIME_NAMES.includes(plainName(name));
  if (values.every((text) => INFINITE.test(text) || FLAG.test(text) || numberOf(text) === numberOf(text))) {
    const unit = isTimes && values.length > 0 ? unitOf(numberOf(values[0])) : undefined;
    return unit === undefined ? { name, kind: 'number', unit } : { name, kind: 'time', unit };
  }
  if (values.every((text) => !Number.isNaN(parseIso(text)))) return { name, kind: 'time', unit: 'iso' };
  return { name, kind: 'text', unit: undefined };
}

/** A text that is no finite number: none, infinite, a word by its code. */
export function valueOfWord(text: string, words: Words): number {
  const word = text.trim();
  if (isNoValue(word)) return NaN;
  const sign = INFINITE.exec(word)?.[1];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  if (FLAG.test(word)) return word.toLowerCase() === 'true' ? 1 : 0;
  return words.code(word);
}
