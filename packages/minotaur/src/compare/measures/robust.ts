/** Statistics that a few wrong rows do not move, over at most some thousand values. */

/** Values that are looked at. */
const MOST = 4096;

/** Finite values, evenly picked. */
export function pick(values: Float64Array, most = MOST): Float64Array {
  const step = Math.max(1, values.length / (2 * most));
  const out = new Float64Array(Math.min(values.length, 2 * most + 1));
  let n = 0;
  for (let at = 0; at < values.length && n < out.length; at += step) {
    const value = values[Math.floor(at)];
    if (Number.isFinite(value)) out[n++] = value;
  }
  return out.slice(0, n);
}

/** Sorts `values`; NaN where there are none. */
export function medianOf(values: Float64Array): number {
  values.sort();
  const n = values.length;
  if (n === 0) return NaN;
  const middle = n >> 1;
  return n % 2 === 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
}

/** Half of the width that holds the middle two thirds; where that is 0, of all. */
export function spreadOf(column: Float64Array): number {
  const values = pick(column).sort();
  const n = values.length;
  if (n < 2) return 0;
  const middle = (values[Math.floor(n * 0.84)] - values[Math.floor(n * 0.16)]) / 2;
  return middle > 0 ? middle : (values[n - 1] - values[0]) / 2;
}

/** The value that most of `values` are, and their share. */
export function modeOf(values: Float64Array): { readonly value: number; readonly share: number } {
  const counts = new Map<number, number>();
  let value = NaN;
  let most = 0;
  for (const x of values) {
    const many = (counts.get(x) ?? 0) + 1;
    counts.set(x, many);
    if (many > most) [value, most] = [x, many];
  }
  return { value, share: values.length === 0 ? 0 : most / values.length };
}

/** Ranks from -1 to 1, ties in their middle, 0 where there is no number. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => Number.isFinite(values[i]))
    .sort((i, k) => values[i] - values[k]);
  const ranks = new Float64Array(values.length);
  const n = order.length;
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && values[order[to]] === values[order[from]]) to++;
    const rank = n < 2 ? 0 : (from + to - 1) / (n - 1) - 1;
    for (let k = from; k < to; k++) ranks[order[k]] = rank;
    from = to;
  }
  return ranks;
}

/** Correlation of `x` with `y` that stands `lag` rows later. */
export function correlation(x: Float64Array, y: Float64Array, lag = 0): number {
  let [xy, xx, yy] = [0, 0, 0];
  const from = Math.max(0, lag);
  const to = Math.min(x.length, y.length, x.length + lag);
  for (let i = from; i < to; i++) {
    const [p, q] = [x[i - lag], y[i]];
    xy += p * q;
    xx += p * p;
    yy += q * q;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** Changes from row to row. */
export function changesOf(values: Float64Array): Float64Array {
  return values.map((value, i) => (i === 0 ? NaN : value - values[i - 1]));
}

/** A line through the rows where it fits, from a first guess: least squares over what lies near it, twice. */
export function fitLine(
  a: Float64Array,
  b: Float64Array,
  guess: readonly [slope: number, offset: number],
  throughZero = false,
): readonly [slope: number, offset: number] {
  let [slope, offset] = guess;
  for (let round = 0; round < 3; round++) {
    const off = b.map((y, i) => Math.abs(y - slope * a[i] - offset));
    const limit = 4 * medianOf(pick(off)) + Number.MIN_VALUE;
    let [n, sx, sy] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) if (off[i] <= limit) [n, sx, sy] = [n + 1, sx + a[i], sy + b[i]];
    const [mx, my] = throughZero ? [0, 0] : [sx / n, sy / n];
    let [sxx, sxy] = [0, 0];
    for (let i = 0; i < a.length; i++)
      if (off[i] <= limit) [sxx, sxy] = [sxx + (a[i] - mx) * (a[i] - mx), sxy + (a[i] - mx) * (b[i] - my)];
    if (n < 8 || !(sxx > 0)) break;
    slope = sxy / sxx;
    offset = throughZero ? 0 : my - slope * mx;
  }
  return [slope, offset];
}
