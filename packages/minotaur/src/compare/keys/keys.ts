/** Rows of a side in the order of their keys. */

/** Keys of a side, row by row as they lie in it. */
export interface Keys {
  /** Microseconds, or a number. */
  readonly key: Float64Array;
  /** As a number; absent where there is one symbol. */
  readonly symbol: Float64Array | undefined;
}

export interface OrderedKeys extends Keys {
  /** Rows by symbol, key and place; those without a key are left out. */
  readonly order: Uint32Array;
  /** Rows without a key. */
  readonly absent: number;
  /** Rows whose key is before that of the row before, of one symbol; the first of them, as a row. */
  readonly late: { readonly rows: number; readonly first: number };
  /** Rows whose key, and symbol, another row before has; the first of them. */
  readonly repeated: { readonly rows: number; readonly first: number };
}

export function orderKeys({ key, symbol }: Keys): OrderedKeys {
  const n = key.length;
  let [absent, late, first, isInOrder] = [0, 0, -1, true];
  const last = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    if (key[i] !== key[i]) {
      absent++;
      continue;
    }
    const of = symbol === undefined ? 0 : symbol[i];
    const before = last.get(of);
    if (before !== undefined && key[i] < before) {
      late++;
      if (first < 0) first = i;
    }
    last.set(of, key[i]);
    if (i > 0 && (late > 0 || (symbol !== undefined && symbol[i] < symbol[i - 1]))) isInOrder = false;
  }
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  if (absent > 0) order = order.filter((i) => key[i] === key[i]);
  if (!isInOrder) order.sort((i, k) => (symbol === undefined ? 0 : symbol[i] - symbol[k]) || key[i] - key[k] || i - k);
  const repeated = { rows: 0, first: -1 };
  for (let r = 1; r < order.length; r++) {
    if (!isSameKey({ key, symbol }, order[r], order[r - 1])) continue;
    repeated.rows++;
    if (repeated.first < 0) repeated.first = order[r];
  }
  return { key, symbol, order, absent, late: { rows: late, first }, repeated };
}

function isSameKey({ key, symbol }: Keys, i: number, k: number): boolean {
  return key[i] === key[k] && (symbol === undefined || symbol[i] === symbol[k]);
}

/** The distance that most neighbouring keys have; NaN where there are none. */
export function stepOf({ key, symbol, order }: OrderedKeys): number {
  const counts = new Map<number, number>();
  const by = Math.max(1, Math.floor(order.length / 20_000));
  for (let r = 1; r < order.length; r += by) {
    if (symbol !== undefined && symbol[order[r]] !== symbol[order[r - 1]]) continue;
    const step = key[order[r]] - key[order[r - 1]];
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let [step, most] = [NaN, 0];
  for (const [length, many] of counts) if (many > most) [step, most] = [length, many];
  return step;
}
