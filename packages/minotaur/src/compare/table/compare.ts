/** Two sides compared: keys, then column after column. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { KeyColumns } from '../keys/key-columns.ts';
import { keyColumnsOfBoth, matchKeys, type MatchedKeys } from '../keys/matched.ts';
import type { Telling } from '../keys/offset.ts';
import { differenceOf } from '../measures/difference.ts';
import { pairOf } from '../measures/pair.ts';
import type { Rows } from '../measures/pattern.ts';
import { pick } from '../measures/robust.ts';
import type { Side } from '../sides/side.ts';
import { columnOf, type ColumnKind } from './column.ts';
import { matchColumns, type ColumnChoice, type ColumnPair } from './columns.ts';
import { underOtherNames } from './other-names.ts';
import type { ComparedCell, ComparedColumn, ComparedSide, Comparison } from './report.ts';
import { createSamples, type Samples } from './samples.ts';
import { tableCauses } from './table-causes.ts';
import { gathered, valuesOf, type Values } from './values.ts';

export interface ComparedBy extends ColumnChoice {
  /** Names of the key: a time or number, and a symbol; `a=b` where they differ. */
  readonly key?: readonly string[] | undefined;
  /** Relative difference up to which values are the same; 0: to the bit. */
  readonly tolerance?: number | undefined;
  /** Told how many columns there are, and then of those that are done. */
  readonly onColumns?: ((done: number, total: number) => Promise<void>) | undefined;
}

/** Bytes of columns that are in memory at once, of both sides. */
const HELD_BYTES = 1 << 28;
const MOST_COLUMNS = 32;
/** Columns by whose values an offset of keys is found, and those that are looked at for them. */
const TELLING = 5;
const LOOKED_AT = 12;
/** Findings of keys that say nothing of the values. */
const HARMLESS = new Set(['no key', 'row order', 'repeated keys']);

/** Compares what `a` and `b` have in common. @throws {MinotaurError} of kind `input` where that is nothing */
export async function compareSides(a: Side, b: Side, by: ComparedBy = {}): Promise<Comparison> {
  for (const { name, rows } of [a, b]) if (rows === 0) fail('input', name, 'rows', 'none');
  const keys = keyColumnsOfBoth(a, b, by.key ?? []);
  const columns = matchColumns(a, b, [namesOf(keys.a), namesOf(keys.b)], by);
  const where = `${a.name} and ${b.name}`;
  if (columns.pairs.length === 0)
    fail('input', where, 'columns that both have; --map a=b names those that are called otherwise', 'none');
  const matched = await matchKeys(a, b, keys, () => readTelling(a, b, columns.pairs));
  if (matched.a.length === 0)
    fail(
      'input',
      where,
      'rows of the same key; --key names it',
      `none: A has ${spanWords(matched, 'a')}, B ${spanWords(matched, 'b')}`,
    );
  const values = valuesOf(a, b, matched);
  const samples = createSamples(matched.a.length);
  const different = await eachColumn(
    { values, samples, rows: rowsOf(matched), kindOf: kindsOf(a, b), by },
    columns.pairs,
  );
  const { findings, differing } = await underOtherNames(values, samples, different, columns);
  const alone = { a: matched.onlyA.rows, b: matched.onlyB.rows };
  const isWhole = columns.onlyA.length + columns.onlyB.length + alone.a + alone.b === 0;
  return {
    equal: differing.length === 0 && isWhole && matched.findings.every(({ name }) => HARMLESS.has(name)),
    a: sideOf(a, keys.a),
    b: sideOf(b, keys.b),
    isTime: matched.isTime,
    rows: matched.a.length,
    alone,
    columns: columns.pairs.length,
    same: columns.pairs.length - differing.length,
    findings: [...matched.findings, ...findings, ...tableCauses(differing, columns.pairs.length)],
    differing,
    onlyA: columns.onlyA,
    onlyB: columns.onlyB,
  };
}

/** The first and the last key of a side. */
function spanWords({ keys, name }: MatchedKeys, side: 'a' | 'b'): string {
  const { order } = keys[side];
  const [first, last] = [order.at(0), order.at(-1)];
  return first === undefined || last === undefined ? 'none' : `${name(keys[side], first)} to ${name(keys[side], last)}`;
}

function namesOf({ key, symbol }: KeyColumns): ReadonlySet<string> {
  return new Set([key, symbol].filter((name) => name !== undefined));
}

/** A word that is not kept. */
const SOME = 'some word';

function inWords(cell: ComparedCell): string {
  if (cell === null) return 'no value';
  return typeof cell === 'string' && cell !== SOME ? `'${cell}'` : String(cell);
}

function kindsOf(a: Side, b: Side): Comparing['kindOf'] {
  const kinds = ({ columns }: Side) => new Map(columns.map(({ name, kind }) => [name, kind] as const));
  const [inA, inB] = [kinds(a), kinds(b)];
  const wordOf = (code: number): string | undefined => a.word(code) ?? b.word(code);
  const number = (value: number): ComparedCell => (value === value ? value : null);
  const word = (code: number): ComparedCell => (code === code ? (wordOf(code) ?? SOME) : null);
  return (pair) => {
    const [x, y] = [inA.get(pair.a) ?? 'number', inB.get(pair.b) ?? 'number'];
    const isText = x === 'text' || y === 'text';
    const kind = isText ? 'text' : x === 'number' && y === 'number' ? 'number' : 'time';
    const cell = { a: x === 'text' ? word : number, b: y === 'text' ? word : number };
    const names = { a: (value: number) => inWords(cell.a(value)), b: (value: number) => inWords(cell.b(value)) };
    return { kind, kinds: { a: x, b: y }, names, cell };
  };
}

function sideOf({ name, what, rows, columns }: Side, { key }: KeyColumns): ComparedSide {
  return { name, what, rows, columns: columns.length, key: key ?? null };
}

function rowsOf({ a, keys, isTime, starts, gaps, name }: MatchedKeys): Rows {
  const key = gathered(keys.a.key, a, new Float64Array(a.length));
  return { key, isTime, starts, gaps, name: (row) => name(keys.a, a[row]) };
}

/** Columns with many values, evenly of all. */
async function readTelling(a: Side, b: Side, pairs: readonly ColumnPair[]): Promise<Telling> {
  const count = Math.min(LOOKED_AT, pairs.length);
  const some = Array.from({ length: count }, (_, k) => pairs[Math.floor((k * pairs.length) / count)]);
  const x = await a.read(some.map((pair) => pair.a));
  const isTelling = x.map((values) => new Set(pick(values, 256)).size >= 20);
  const chosen = some
    .map((_, k) => k)
    .filter((k) => isTelling[k])
    .slice(0, TELLING);
  return { a: chosen.map((k) => x[k]), b: await b.read(chosen.map((k) => some[k].b)) };
}

/** Puts A's value where B's is within the tolerance: such rows are the same. */
function tolerated(a: Float64Array, b: Float64Array, tolerance: number): Float64Array {
  if (tolerance === 0) return b;
  const { scale } = pairOf(a, b);
  return b.map((y, i) => {
    const x = a[i];
    // Beside 0 nothing is near by its own size.
    return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y), tolerance * scale) ? x : y;
  });
}

interface Comparing {
  readonly values: Values;
  readonly samples: Samples;
  readonly rows: Rows;
  readonly kindOf: (pair: ColumnPair) => ColumnKind;
  readonly by: ComparedBy;
}

/** The columns that differ. */
async function eachColumn(
  { values, samples, rows, kindOf, by }: Comparing,
  pairs: readonly ColumnPair[],
): Promise<ComparedColumn[]> {
  const group = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(HELD_BYTES / values.bytesOfPair)));
  const found: ComparedColumn[] = [];
  await by.onColumns?.(0, pairs.length);
  for (let from = 0; from < pairs.length; from += group) {
    const some = pairs.slice(from, from + group);
    const read = await values.pairs(some);
    let done = 0;
    for (const [k, pair] of some.entries()) {
      const [x] = read[k];
      const kind = kindOf(pair);
      // Times and words are the same or not.
      const y = kind.kind === 'number' ? tolerated(x, read[k][1], by.tolerance ?? 0) : read[k][1];
      samples.add('a', pair.a, x);
      samples.add('b', pair.b, y);
      const difference = differenceOf(x, y);
      done++;
      if (difference.rows === 0) continue;
      found.push(columnOf(pair, [x, y], difference, rows, kind));
      await by.onColumns?.(done, pairs.length);
      done = 0;
    }
    await by.onColumns?.(done, pairs.length);
  }
  return found;
}
