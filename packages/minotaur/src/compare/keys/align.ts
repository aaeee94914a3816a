/** Rows of two sides that are of the same key. */
import type { OrderedKeys } from './keys.ts';

/** Keys of one side without a row on the other. */
export interface Alone {
  readonly rows: number;
  /** Those between the first and the last key of the other side. */
  readonly inner: number;
  /** Those of a symbol that the other side has not; they are not within. */
  readonly ofOtherSymbols: number;
  /** Rows of the first of them, and of the first of those within; -1 where there is none. */
  readonly first: number;
  readonly firstInner: number;
}

export interface Alignment {
  /** Rows of A and of B that belong together, by symbol and key of A. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Where in these a symbol begins. */
  readonly starts: readonly number[];
  /** Where in these rows are missing before, on either side. */
  readonly gaps: readonly number[];
  readonly onlyA: Alone;
  readonly onlyB: Alone;
}

/** How much later, in the units of the key, B has what A has at a key. */
export type Offset = (keyOfA: number) => number;

/** For each place of the order, how many rows of the same key follow: of repeated rows the last belong together. */
function repeatsBehind({ key, symbol, order }: OrderedKeys): Uint16Array {
  const behind = new Uint16Array(order.length);
  for (let r = order.length - 2; r >= 0; r--) {
    const [i, k] = [order[r], order[r + 1]];
    if (key[i] === key[k] && (symbol === undefined || symbol[i] === symbol[k]))
      behind[r] = Math.min(behind[r + 1] + 1, 65_535);
  }
  return behind;
}

/** Collects rows of one side that stand alone; `other` is the other. */
function createAlone({ symbol }: OrderedKeys, other: OrderedKeys) {
  const known = symbol === undefined || other.symbol === undefined ? undefined : new Set(other.symbol);
  let [rows, inner, ofOtherSymbols, first, firstInner] = [0, 0, 0, -1, -1];
  return {
    /** Whether the row lies within the other side, its symbol too. */
    add(row: number, isInSpan: boolean): boolean {
      rows++;
      if (first < 0) first = row;
      const isKnown = symbol === undefined || known === undefined || known.has(symbol[row]);
      if (!isKnown) ofOtherSymbols++;
      if (!isInSpan || !isKnown) return false;
      inner++;
      if (firstInner < 0) firstInner = row;
      return true;
    },
    all: (): Alone => ({ rows, inner, ofOtherSymbols, first, firstInner }),
  };
}

/** The least and the greatest key. */
export function spanOf({ key, order }: OrderedKeys): readonly [from: number, to: number] {
  let [from, to] = [Infinity, -Infinity];
  for (const i of order) {
    if (key[i] < from) from = key[i];
    if (key[i] > to) to = key[i];
  }
  return [from, to];
}

/** Matches rows whose keys are `offset` apart. */
export function align(a: OrderedKeys, b: OrderedKeys, offset: Offset): Alignment {
  const [behindA, behindB] = [repeatsBehind(a), repeatsBehind(b)];
  const most = Math.min(a.order.length, b.order.length);
  const [rowsA, rowsB] = [new Uint32Array(most), new Uint32Array(most)];
  const [fromA, toA] = spanOf(a);
  const [fromB, toB] = spanOf(b);
  const [onlyA, onlyB] = [createAlone(a, b), createAlone(b, a)];
  const gaps: number[] = [];
  let [r, s, n] = [0, 0, 0];
  const alone = (side: ReturnType<typeof createAlone>, row: number, isInSpan: boolean): void => {
    if (side.add(row, isInSpan) && gaps[gaps.length - 1] !== n) gaps.push(n);
  };
  while (r < a.order.length || s < b.order.length) {
    const [i, k] = [a.order[r], b.order[s]];
    const ahead = r >= a.order.length ? 1 : s >= b.order.length ? -1 : compare(i, k, r, s);
    const moved = r < a.order.length ? a.key[i] + offset(a.key[i]) : NaN;
    if (ahead === 0) {
      rowsA[n] = i;
      rowsB[n++] = k;
      r++;
      s++;
    } else if (ahead < 0) {
      alone(onlyA, i, moved > fromB && moved < toB);
      r++;
    } else {
      alone(onlyB, k, b.key[k] > fromA + offset(fromA) && b.key[k] < toA + offset(toA));
      s++;
    }
  }
  function compare(i: number, k: number, at: number, to: number): number {
    const bySymbol = a.symbol === undefined || b.symbol === undefined ? 0 : a.symbol[i] - b.symbol[k];
    return bySymbol || a.key[i] + offset(a.key[i]) - b.key[k] || behindB[to] - behindA[at];
  }
  const starts = [0];
  const { symbol } = a;
  if (symbol !== undefined) for (let i = 1; i < n; i++) if (symbol[rowsA[i]] !== symbol[rowsA[i - 1]]) starts.push(i);
  return {
    a: rowsA.slice(0, n),
    b: rowsB.slice(0, n),
    starts,
    gaps: gaps.filter((at) => at > 0 && at < n),
    onlyA: onlyA.all(),
    onlyB: onlyB.all(),
  };
}
