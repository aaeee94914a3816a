/**
 * Shapes of candlestick patterns: which bits of `candle_traits` or `candle_steps` the newest candles must have and must not. Most
 * rows are told from a pattern by them alone; the rest is left to a check. All shapes of as many candles are looked for at
 * once: a table says for each six bits of a candle which shapes allow them, one bit a shape, and those that every part of every
 * candle allows are there.
 *
 * Source: Baeza-Yates, Gonnet: A New Approach to Text Searching (1992), of sets of characters.
 */
import type { OperatorIO } from '../contract/operator.ts';
import type { Bits, Shape } from './shape.ts';
import { STEP_SHAPES } from './step-shapes.ts';
import { TRAIT_SHAPES } from './trait-shapes.ts';

/** The result of a pattern at row i, whose candles have the shape of `result`; `c` are the columns. */
export type Check = (c: readonly Float64Array[], i: number, result: number, params: readonly number[]) => number;

/** The one or two shapes of each pattern. */
type Shapes = Readonly<Record<string, readonly Shape[]>>;

/** What the bits of a candle are of, and where its shapes are. */
export type Kind = 'steps' | 'traits';
const SHAPES: Readonly<Record<Kind, Shapes>> = { steps: STEP_SHAPES, traits: TRAIT_SHAPES };

export type PatternName = keyof typeof STEP_SHAPES | keyof typeof TRAIT_SHAPES;

/** The 30 bits of a candle in five parts of six. */
const PART = 6;
const PARTS = 5;
const VALUES = 1 << PART;
const MASK = VALUES - 1;
const CANDLE = PARTS * VALUES;

const lengthOf = (shapes: readonly Shape[]): number => Math.max(...shapes.map(({ candles }) => candles.length));

/** Shapes of as many candles, each once; its place is its bit. */
function shapesOf(kind: Kind, length: number): readonly (readonly Bits[])[] {
  const all = Object.values(SHAPES[kind]).filter((shapes) => lengthOf(shapes) === length);
  const texts = new Set(all.flatMap((shapes) => shapes.map(({ candles }) => JSON.stringify(candles))));
  return Array.from(texts, (text) => JSON.parse(text) as readonly Bits[]);
}

/** The shapes that allow each value of each part of each candle, the newest candle first; of the `candles` newest. */
function compile(kind: Kind, candles: number): Int32Array {
  const table = new Int32Array(candles * CANDLE);
  shapesOf(kind, candles).forEach((shape, bit) => {
    for (let at = 0; at < table.length; at++) {
      const wanted = shape[Math.floor(at / CANDLE)] ?? 0;
      const { has, not } = typeof wanted === 'number' ? { has: wanted, not: 0 } : wanted;
      const shift = PART * (Math.floor(at / VALUES) % PARTS);
      if ((((at & MASK) ^ (has >> shift)) & ((has | not) >> shift) & MASK) === 0) table[at] |= 1 << bit;
    }
  });
  return table;
}

const TABLES: Readonly<Record<Kind, Int32Array[]>> = { steps: [], traits: [] };

/** The same, computed when it is first asked for: few chains look for shapes. */
export const shapeTable = (kind: Kind, candles: number): Int32Array =>
  (TABLES[kind][candles] ??= compile(kind, candles));

/** The shapes that allow a candle of these bits, by the part of the table that begins at `at`. */
function allowed(table: Int32Array, at: number, bits: number): number {
  return (
    table[at + (bits & MASK)] &
    table[at + VALUES + ((bits >> PART) & MASK)] &
    table[at + 2 * VALUES + ((bits >> (2 * PART)) & MASK)] &
    table[at + 3 * VALUES + ((bits >> (3 * PART)) & MASK)] &
    table[at + 4 * VALUES + ((bits >> (4 * PART)) & MASK)]
  );
}

/** Writes the shapes of the newest `candles` at rows [from, to), one bit a shape, NaN where one of them has no bits. */
export function findShapes(
  bits: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  table: Int32Array,
  candles: number,
): void {
  // A NaN becomes 0, which no candle has: it is white or black.
  let before = candles > 1 ? bits[from - 1] | 0 : 1;
  let twoBefore = candles > 2 ? bits[from - 2] | 0 : 1;
  for (let i = from; i < to; i++) {
    const now = bits[i] | 0;
    let there = allowed(table, 0, now);
    if (candles > 1) there &= allowed(table, CANDLE, before);
    if (candles > 2) there &= allowed(table, 2 * CANDLE, twoBefore);
    out[i] = now === 0 || before === 0 || twoBefore === 0 ? NaN : there;
    if (candles > 2) twoBefore = before;
    if (candles > 1) before = now;
  }
}

/** Where the shapes of a pattern are found, and what they are worth. */
export interface Place {
  readonly kind: Kind;
  /** The column of the shapes found, in `io.in`. */
  readonly at: number;
  /** Candles that its shapes are of, at most three. */
  readonly candles: number;
  /** The bit of its first shape, and those of all, at most two. */
  readonly first: number;
  readonly both: number;
  /** Of the first, and of the other. */
  readonly results: readonly [number, number];
}

export function placeOf(name: PatternName, at: number): Place {
  const kind = name in STEP_SHAPES ? 'steps' : 'traits';
  const shapes = SHAPES[kind][name];
  const candles = lengthOf(shapes);
  const texts = shapesOf(kind, candles).map((shape) => JSON.stringify(shape));
  const bitOf = (shape: Shape): number => 1 << texts.indexOf(JSON.stringify(shape.candles));
  const [one, other] = [shapes[0], shapes.at(-1) as Shape];
  return { kind, at, candles, first: bitOf(one), both: bitOf(one) | bitOf(other), results: [one.result, other.result] };
}

/** Rows whose shapes are looked at together, and those of them that have one. */
const STRETCH = 64;
const HITS = new Int32Array(STRETCH);

/**
 * Writes the results of [from, to), 0 where no shape is there and NaN where column `at`, of the shapes found, has none. A pattern
 * has two shapes at once only if they have one result.
 *
 * Rows with a shape are listed first and then looked at: a branch at every row would go either way.
 */
export function scan(
  { in: c, out: { 0: out }, params }: OperatorIO,
  from: number,
  to: number,
  { at, first, both, results: { 0: result, 1: other } }: Place,
  check: Check | undefined,
): void {
  const found = c[at];
  for (let start = from; start < to; start += STRETCH) {
    const end = Math.min(start + STRETCH, to);
    const hits = listHits(found, out, start, end, both);
    for (let k = 0; k < hits; k++) {
      const i = HITS[k];
      const value = other + (result - other) * +((found[i] & first) !== 0);
      out[i] = check === undefined ? value : check(c, i, value, params);
    }
  }
}

/** Lists the rows that have one of `both` shapes, and writes 0, or NaN where nothing is known, to all. */
function listHits(found: Float64Array, out: Float64Array, from: number, to: number, both: number): number {
  let hits = 0;
  for (let i = from; i < to; i++) {
    const there = found[i];
    out[i] = there - there;
    HITS[hits] = i;
    // Bits lie below 2^31, so that all that are there are negative.
    hits += -(there & both) >>> 31;
  }
  return hits;
}

/** Puts NaN where fewer than `known` rows in a row have found shapes; counts them in slot `slot`. */
export function blank(
  { in: c, out: { 0: out }, state }: OperatorIO,
  from: number,
  to: number,
  { at }: Place,
  known: number,
  slot: number,
): void {
  const found = c[at];
  let clean = state[slot];
  for (let i = from; i < to; i++) {
    if (clean === known) while (i < to && found[i] === found[i]) i++;
    if (i === to) break;
    clean = found[i] === found[i] ? clean + 1 : 0;
    if (clean < known) out[i] = NaN;
  }
  state[slot] = clean;
}
