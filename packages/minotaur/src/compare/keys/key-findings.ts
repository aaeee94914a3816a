/** What is wrong with keys, in words. */
import { MICROS_PER_MINUTE } from 'minotaur-core/internal/base/time';
import type { Alignment, Alone } from './align.ts';
import type { KeyColumns } from './key-columns.ts';
import type { OrderedKeys } from './keys.ts';
import type { FoundOffset } from './offset.ts';

/** Something of the keys, or of the whole table. */
export interface Finding {
  /** Short name of the kind of cause. */
  readonly name: string;
  /** In words. */
  readonly text: string;
  /** What explains it as well. */
  readonly or: readonly string[];
}

interface Found {
  readonly keys: { readonly a: OrderedKeys; readonly b: OrderedKeys };
  readonly columns: { readonly a: KeyColumns; readonly b: KeyColumns };
  readonly alignment: Alignment;
  readonly found: FoundOffset;
  readonly step: number;
  readonly isTime: boolean;
  /** The key of a row, with its symbol where there are several; a key alone; a symbol. */
  name(keys: OrderedKeys, row: number): string;
  keyName(key: number): string;
  symbolName(symbol: number): string;
  length(by: number): string;
}

/** Keys of B that A has not within its span: from this share on bars end elsewhere. */
const OTHER_BOUNDARIES = 0.2;
const QUARTER = 15 * MICROS_PER_MINUTE;
const count = (many: number): string => many.toLocaleString('en');
const rows = (many: number, is: string, are: string): string =>
  `${count(many)} ${many === 1 ? `row ${is}` : `rows ${are}`}`;

export function findingsOf(all: Found): Finding[] {
  const { keys, columns } = all;
  const found: Finding[] = [];
  const add = (name: string, text: string, or: readonly string[] = []): void => void found.push({ name, text, or });
  if (columns.a.key === undefined)
    add('no key', 'neither side has a column of times: rows are matched by their number');
  symbolFindings(all, add);
  for (const [side, of, { key, symbol }] of [
    ['A', keys.a, columns.a],
    ['B', keys.b, columns.b],
  ] as const) {
    const { late, repeated, absent } = of;
    if (absent > 0) add('rows left out', `${rows(absent, 'has', 'have')} no key in ${side}: compared with nothing`);
    if (late.rows > 0)
      add(
        'row order',
        `${side} is not in the order of its key: ${rows(late.rows, 'is', 'are')} behind the one before, the first ${all.name(of, late.first)}`,
      );
    if (repeated.rows === 0) continue;
    const isAlike = keys.a.repeated.rows === keys.b.repeated.rows;
    const shared = `${rows(repeated.rows, `of ${side} shares its key`, `of ${side} share their key`)} with another, the first ${all.name(of, repeated.first)}`;
    const how = isAlike ? 'they are matched from the last on' : 'the last of each is compared';
    const hint = symbol === undefined ? `; --key ${key},SYMBOL where a column SYMBOL tells them apart` : '';
    add(isAlike ? 'repeated keys' : 'duplicated rows', `${shared}; ${how}${hint}`);
  }
  offsetFinding(all, add);
  aloneFindings(all, add);
  return found;
}

/** Symbols in a finding. */
const NAMED = 8;

function symbolFindings({ keys: { a, b }, symbolName }: Found, add: (name: string, text: string) => void): void {
  if (a.symbol === undefined || b.symbol === undefined) return;
  const [inA, inB] = [new Set(a.symbol), new Set(b.symbol)];
  const list = (symbols: readonly number[]): string => {
    const some = symbols.slice(0, NAMED).map(symbolName).join(', ');
    return symbols.length > NAMED ? `${some} and ${count(symbols.length - NAMED)} more` : some;
  };
  const lacking = (some: ReadonlySet<number>, all: ReadonlySet<number>): number[] =>
    [...some].filter((one) => !all.has(one));
  const [missing, extra] = [lacking(inA, inB), lacking(inB, inA)];
  if (missing.length > 0) add('missing symbols', `B lacks ${list(missing)}`);
  if (extra.length > 0) add('extra symbols', `A lacks ${list(extra)}`);
}

function offsetFinding(
  { found: { kind, first, last, changes }, step, isTime, keyName, length }: Found,
  add: (name: string, text: string, or?: string[]) => void,
): void {
  const words = (by: number): string => (by === 0 ? 'as in A' : `${length(by)} ${by > 0 ? 'later' : 'earlier'}`);
  if (kind === 'changing') {
    const when = changes.map(keyName).join(', ');
    add(
      'daylight saving',
      `B is stamped ${words(first)} at the beginning and ${words(last)} at the end; it changes at ${when}`,
    );
  }
  if (kind !== 'constant') return;
  const isOneStep = Math.abs(first) === step;
  const isZone = isTime && Math.abs(first) >= 2 * QUARTER && first % QUARTER === 0;
  const text = `B is stamped ${words(first)}`;
  const zone = 'another time zone';
  const stamps = `rows are stamped at their ${first > 0 ? 'close in B and at their open in A' : 'open in B and at their close in A'}`;
  if (isOneStep)
    add('close stamp', `${text}: ${stamps}`, [
      ...(isZone ? [zone] : []),
      `every column of B stands one row ${first > 0 ? 'late' : 'early'}`,
    ]);
  else if (isZone) add('time zone', `${text}: ${zone}`);
  else add('rows shifted', `${text}: rows are shifted against their keys`);
}

function aloneFindings({ alignment, keys, columns, name }: Found, add: (name: string, text: string) => void): void {
  const { onlyA, onlyB } = alignment;
  // Rows by number have no gaps: one side is longer.
  const isKeyed = columns.a.key !== undefined;
  const inner = ({ inner: many, firstInner }: Alone, of: OrderedKeys): string =>
    `${count(many)} ${many === 1 ? 'key' : 'keys'}, the first ${name(of, firstInner)}`;
  // Rows that repeat a key have their own finding: where both sides repeat as many, none of them stands alone.
  const repeatedMore = keys.b.repeated.rows - keys.a.repeated.rows;
  if (isKeyed && onlyA.inner > Math.max(0, -repeatedMore))
    add('missing rows', `B lacks rows within its span: ${inner(onlyA, keys.a)}`);
  if (isKeyed && onlyB.inner > Math.max(0, repeatedMore)) {
    const isOther = onlyB.inner > OTHER_BOUNDARIES * keys.b.order.length;
    const what = isOther ? 'other bar boundaries' : 'extra rows';
    add(what, `B has rows within A's span that A has not: ${inner(onlyB, keys.b)}`);
  }
  const outer = (side: string, { rows: alone, inner: within, ofOtherSymbols }: Alone): void => {
    const many = alone - within - ofOtherSymbols;
    if (many > 0) add('span', `${rows(many, `of ${side} lies`, `of ${side} lie`)} outside the span of the other`);
  };
  outer('A', isKeyed ? onlyA : { ...onlyA, inner: 0 });
  outer('B', isKeyed ? onlyB : { ...onlyB, inner: 0 });
}
