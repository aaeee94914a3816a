/** Keys of two sides read, matched, and what is wrong with them. */
import { fail } from 'minotaur-core/internal/base/errors';
import { duration } from 'minotaur-core/internal/base/figures';
import { formatTime } from 'minotaur-core/internal/base/time';
import { plainName, TIME_NAMES } from '../sides/kinds.ts';
import type { Side } from '../sides/side.ts';
import { align, type Alignment } from './align.ts';
import { keyColumnsOf, type KeyColumns } from './key-columns.ts';
import { findingsOf, type Finding } from './key-findings.ts';
import { orderKeys, stepOf, type Keys, type OrderedKeys } from './keys.ts';
import { findOffset, type Telling } from './offset.ts';

/** A time without the fraction that it does not have. */
export const timeWords = (micros: number): string => formatTime(micros).replace(/\.?0*Z$/, 'Z');

export interface MatchedKeys extends Alignment {
  readonly columns: { readonly a: KeyColumns; readonly b: KeyColumns };
  readonly isTime: boolean;
  readonly keys: { readonly a: OrderedKeys; readonly b: OrderedKeys };
  readonly findings: readonly Finding[];
  /** The key of a row of either, with its symbol where there are several. */
  name(keys: OrderedKeys, row: number): string;
}

async function readKeys(side: Side, { key, symbol }: KeyColumns): Promise<Keys> {
  const names = [key, symbol].filter((name) => name !== undefined);
  const read = await side.read(names);
  return {
    key: key === undefined ? Float64Array.from({ length: side.rows }, (_, i) => i + 1) : read[0],
    symbol: symbol === undefined ? undefined : read[read.length - 1],
  };
}

/** Key columns of both, as `a=b` or one name for both says. */
export function keyColumnsOfBoth(
  a: Side,
  b: Side,
  asked: readonly string[],
): { readonly a: KeyColumns; readonly b: KeyColumns } {
  const parts = asked.map((text) => text.split('=', 2));
  const found = {
    a: keyColumnsOf(
      a,
      parts.map(([x]) => x),
    ),
    b: keyColumnsOf(
      b,
      parts.map(([x, y]) => y ?? x),
    ),
  };
  const [x, y] = [found.a, found.b];
  if (x.key === undefined && y.key === undefined) return found;
  if (x.isTime !== y.isTime || (x.key === undefined) !== (y.key === undefined)) {
    const word = ({ key, isTime }: KeyColumns, { columns }: Side): string => {
      if (key !== undefined) return `${key}, ${isTime ? 'times' : 'numbers'}`;
      const texts = columns.find(({ name, kind }) => kind === 'text' && TIME_NAMES.includes(plainName(name)));
      return texts === undefined ? 'none' : `none, for ${texts.name} holds no times as 2024-05-01 12:00:00`;
    };
    fail(
      'input',
      `${a.name} and ${b.name}`,
      'a key of one kind on both sides; --key names it',
      `${word(x, a)} and ${word(y, b)}`,
    );
  }
  return found;
}

/** Without symbols on one side, the other may have one alone. */
function withoutSymbol(keys: Keys, other: Keys, { name }: Side): Keys {
  if (keys.symbol === undefined || other.symbol !== undefined) return keys;
  const many = new Set(keys.symbol).size;
  if (many > 1)
    fail(
      'input',
      name,
      'symbols on both sides, or on none; --key time,SYMBOL names them',
      `${many} symbols, and no column of symbols on the other`,
    );
  return { ...keys, symbol: undefined };
}

/** Matches the rows of both; `telling` reads the columns by whose values an offset is found. */
export async function matchKeys(
  a: Side,
  b: Side,
  columns: MatchedKeys['columns'],
  telling: () => Promise<Telling>,
): Promise<MatchedKeys> {
  const [read, readB] = [await readKeys(a, columns.a), await readKeys(b, columns.b)];
  const keys = { a: orderKeys(withoutSymbol(read, readB, a)), b: orderKeys(withoutSymbol(readB, read, b)) };
  const { isTime } = columns.a;
  const step = stepOf(keys.a);
  const hasKey = columns.a.key !== undefined;
  const found = findOffset(keys.a, keys.b, hasKey ? await telling() : { a: [], b: [] }, { step, isTime });
  const alignment = align(keys.a, keys.b, found.offset);
  const keyName = (key: number): string => (isTime ? timeWords(key) : hasKey ? String(key) : `row ${key}`);
  const symbolName = (symbol: number): string => a.word(symbol) ?? b.word(symbol) ?? String(symbol);
  const isOfSeveral = [keys.a, keys.b].some(({ symbol }) => symbol?.some((one) => one !== symbol[0]));
  const name = ({ key, symbol }: OrderedKeys, row: number): string =>
    symbol === undefined || !isOfSeveral ? keyName(key[row]) : `${symbolName(symbol[row])} ${keyName(key[row])}`;
  const length = (by: number): string => (isTime ? duration(Math.abs(by) / 1e6) : String(Math.abs(by)));
  const findings = findingsOf({ keys, columns, alignment, found, step, isTime, name, keyName, symbolName, length });
  return { ...alignment, columns, isTime, keys, findings, name };
}
