/** Which columns say what a row is of: a time or number, and a symbol where there is one. */
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { plainName, TIME_NAMES } from '../sides/kinds.ts';
import type { Side, SideColumn } from '../sides/side.ts';

const SYMBOLS = ['symbol', 'instrument', 'ticker', 'pair', 'market', 'coin', 'asset', 'instid'];

export interface KeyColumns {
  /** Undefined: rows are matched by their number. */
  readonly key: string | undefined;
  readonly symbol: string | undefined;
  readonly isTime: boolean;
}

function named(side: Side, name: string): SideColumn {
  const names = side.columns.map((column) => column.name);
  const found = side.columns.find((column) => column.name === name);
  return found ?? fail('config', `${side.name}, the key`, `a column ${name}`, `none${nearest(name, names)}`);
}

/** The columns of `side` by which its rows are matched; `asked` are the names that the user gave. */
export function keyColumnsOf(side: Side, asked: readonly string[]): KeyColumns {
  const known = (names: readonly string[], kinds: readonly SideColumn['kind'][]): string | undefined =>
    names
      .map((name) => side.columns.find((column) => plainName(column.name) === name && kinds.includes(column.kind)))
      .find((column) => column !== undefined)?.name;
  if (asked.length > 2) fail('config', 'key', 'a time or number, and at most a symbol beside it', asked.join(', '));
  const given = asked.map((name) => named(side, name));
  const key = given.find(({ kind }) => kind !== 'text');
  const symbol = given.find(({ name }) => name !== key?.name)?.name;
  if (given.length > 0 && key === undefined)
    fail('config', `${side.name}, the key`, 'a column of times or numbers', asked.join(', '));
  if (key !== undefined) return { key: key.name, symbol, isTime: key.kind === 'time' };
  const time = known(TIME_NAMES, ['time']) ?? side.columns.find(({ kind }) => kind === 'time')?.name;
  return { key: time, symbol: known(SYMBOLS, ['text']), isTime: time !== undefined };
}
