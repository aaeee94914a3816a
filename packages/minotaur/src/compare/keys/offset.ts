/** How far the keys of two sides are apart, told by the values of some columns. */
import { MICROS_PER_MINUTE } from 'minotaur-core/internal/base/time';
import { isNear } from '../measures/pair.ts';
import { correlation, ranksOf, spreadOf } from '../measures/robust.ts';
import type { OrderedKeys } from './keys.ts';
import { spanOf, type Offset } from './align.ts';

/** Columns of both sides that tell rows apart, as they lie in the sides. */
export interface Telling {
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
}

export interface FoundOffset {
  readonly offset: Offset;
  /** One for all rows, or two of which each holds for a part. */
  readonly kind: 'none' | 'constant' | 'changing';
  /** In units of the key, at the beginning and at the end. */
  readonly first: number;
  readonly last: number;
  /** Of A, from which on it is another. */
  readonly changes: readonly number[];
}

/** Rows that are looked at. */
const LOOKED_AT = 300;
/** From here on there is nothing to look for; an offset has to be better by so much. */
const AGREED = 0.9;
const BETTER = 0.1;
/** Farthest time zones are 14 hours from UTC. */
const QUARTERS = 56;
const QUARTER = 15 * MICROS_PER_MINUTE;
const NONE: FoundOffset = { offset: () => 0, kind: 'none', first: 0, last: 0, changes: [] };

/** Says where in the order of `keys` a key stands; -1 where it does not. The keys of one symbol are looked at. */
function finder({ key, order, symbol }: OrderedKeys, of: number): (wanted: number) => number {
  const places = symbol === undefined ? order : order.filter((i) => symbol[i] === of);
  return (wanted) => {
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key[places[middle]] < wanted) low = middle + 1;
      else high = middle;
    }
    return places.length > 0 && key[places[low]] === wanted ? places[low] : -1;
  };
}

/** How well the sides agree at an offset, over the rows [from, to) of A's order: 0 to 1. */
type Agreement = (by: number, from: number, to: number) => number;

function agreement(a: OrderedKeys, b: OrderedKeys, telling: Telling): Agreement {
  const of = a.symbol === undefined ? NaN : a.symbol[a.order[0]];
  const places = a.symbol === undefined ? a.order : a.order.filter((i) => a.symbol?.[i] === of);
  const find = finder(b, of);
  const scales = telling.a.map((column) => spreadOf(column) || 1);
  return (by, from, to) => {
    const step = Math.max(1, Math.floor((to - from) / LOOKED_AT));
    const rows: (readonly [number, number, number, number])[] = [];
    for (let r = Math.max(1, from); r < Math.min(to, places.length); r += step) {
      const [now, before] = [find(a.key[places[r]] + by), find(a.key[places[r - 1]] + by)];
      if (now >= 0 && before >= 0) rows.push([places[r], places[r - 1], now, before]);
    }
    if (rows.length < 20) return 0;
    const scores = telling.a.map((x, c) => {
      const y = telling.b[c];
      const equal = rows.reduce((many, [i, , k]) => many + (x[i] === x[i] && isNear(x[i], y[k], scales[c]) ? 1 : 0), 0);
      const valued = rows.reduce((many, [i, , k]) => many + (x[i] === x[i] && y[k] === y[k] ? 1 : 0), 0);
      if (valued < 20) return NaN;
      const changes = (values: Float64Array, now: 0 | 2): Float64Array =>
        ranksOf(Float64Array.from(rows, (row) => values[row[now]] - values[row[now + 1]]));
      return Math.max(equal / valued, Math.abs(correlation(changes(x, 0), changes(y, 2))));
    });
    const told = scores.filter((score) => score === score);
    return told.length === 0 ? 0 : told.reduce((sum, score) => sum + score, 0) / told.length;
  };
}

/** Offsets that are tried, the smallest first. */
function candidates(step: number, isTime: boolean): number[] {
  const all = new Set<number>();
  for (let k = -3; k <= 3; k++) if (step === step) all.add(k * step);
  if (isTime) for (let k = -QUARTERS; k <= QUARTERS; k++) all.add(k * QUARTER);
  all.delete(0);
  return [...all].sort((x, y) => Math.abs(x) - Math.abs(y));
}

/** The offset at which the sides agree best, where that is clearly better than at none. */
export function findOffset(
  a: OrderedKeys,
  b: OrderedKeys,
  telling: Telling,
  { step, isTime }: { readonly step: number; readonly isTime: boolean },
): FoundOffset {
  if (telling.a.length === 0 || a.order.length < 30) return NONE;
  const agree = agreement(a, b, telling);
  const n = a.order.length;
  const tried = candidates(step, isTime);
  const best = (from: number, to: number): readonly [offset: number, score: number] => {
    let [by, score] = [0, agree(0, from, to)];
    if (score >= AGREED) return [by, score];
    const least = score + BETTER;
    for (const offset of tried) {
      const found = agree(offset, from, to);
      if (found >= least && found > score + 1e-3) [by, score] = [offset, found];
    }
    return [by, score];
  };
  const whole = agree(0, 0, n);
  if (whole >= 0.97) return NONE;
  const part = Math.max(60, Math.floor(n / 8));
  const [head, headScore] = best(0, part);
  const [tail, tailScore] = best(n - part, n);
  if (head !== tail && Math.min(headScore, tailScore) > 0.8 && n >= 4 * part) {
    const changes = changesBetween(agree, [head, tail], n).map((place) => a.key[a.order[place]]);
    if (changes.length > 0)
      return { ...steps(changes, [head, tail]), kind: 'changing', first: head, last: tail, changes };
  }
  const [by] = whole >= AGREED ? [0] : best(0, n);
  // Where both have the same keys, values have moved and not the stamps: columns that lag say so by themselves.
  if (by === 0 || hasSameSpan(a, b)) return NONE;
  return { offset: () => by, kind: 'constant', first: by, last: by, changes: [] };
}

function hasSameSpan(a: OrderedKeys, b: OrderedKeys): boolean {
  const [x, y] = [spanOf(a), spanOf(b)];
  return x[0] === y[0] && x[1] === y[1];
}

function steps(changes: readonly number[], [head, tail]: readonly [number, number]): { readonly offset: Offset } {
  return {
    offset(key) {
      const passed = changes.filter((at) => key >= at).length;
      return passed % 2 === 0 ? head : tail;
    },
  };
}

/** Places of A's order at which one offset gives way to the other, found by halving. */
function changesBetween(agree: Agreement, [head, tail]: readonly [number, number], n: number): number[] {
  const width = Math.max(60, Math.floor(n / 64));
  const isHead = (from: number): boolean => agree(head, from, from + width) >= agree(tail, from, from + width);
  const found: number[] = [];
  let before = true;
  for (let from = width; from + width <= n; from += width) {
    const now = isHead(from);
    if (now === before) continue;
    // Rows of the window before may belong to either: the place where it turns is where a window of 24 rows does.
    let [low, high] = [from - width, from + width];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const isEarly = agree(head, middle - 12, middle + 13) >= agree(tail, middle - 12, middle + 13);
      if (isEarly === before) low = middle;
      else high = middle;
    }
    found.push(high);
    before = now;
  }
  return found;
}
