/** Sums of powers around the mean of a window, two rows at a time: `base/central.ts` and `rolling_shape` once more. */

/** Rows i and i + 1, or row i alone. */
export function storeRows(column: usize, values: v128, both: bool): void {
  if (both) v128.store(column, values);
  else v128.store_lane<f64>(column, values, 0);
}

/** Which of the windows of n values at `first` and the row after hold one value only. */
function flatWindows(first: usize, n: i32): v128 {
  const value = v128.load(first);
  let flat = f64x2.eq(value, v128.load(first + ((<usize>(n - 1)) << 3)));
  if (!v128.any_true(flat)) return flat;
  for (let k = 1; k < n; k++) flat = v128.and(flat, f64x2.eq(value, v128.load(first + ((<usize>k) << 3))));
  return flat;
}

export function centralSquares(x: usize, means: usize, out: usize, n: i32, rows: i32): void {
  const zero = f64x2.splat(0);
  const count = f64x2.splat(<f64>n);
  for (let i = 0; i < rows; i += 2, x += 16, means += 16, out += 16) {
    const mean = v128.load(means);
    const first = x - ((<usize>(n - 1)) << 3);
    let s0 = zero;
    let s1 = zero;
    let s2 = zero;
    let s3 = zero;
    let q0 = zero;
    let q1 = zero;
    let q2 = zero;
    let q3 = zero;
    let at = first;
    let k = 0;
    for (; k + 4 <= n; k += 4, at += 32) {
      const d0 = f64x2.sub(v128.load(at), mean);
      const d1 = f64x2.sub(v128.load(at, 8), mean);
      const d2 = f64x2.sub(v128.load(at, 16), mean);
      const d3 = f64x2.sub(v128.load(at, 24), mean);
      s0 = f64x2.add(s0, d0);
      s1 = f64x2.add(s1, d1);
      s2 = f64x2.add(s2, d2);
      s3 = f64x2.add(s3, d3);
      q0 = f64x2.add(q0, f64x2.mul(d0, d0));
      q1 = f64x2.add(q1, f64x2.mul(d1, d1));
      q2 = f64x2.add(q2, f64x2.mul(d2, d2));
      q3 = f64x2.add(q3, f64x2.mul(d3, d3));
    }
    for (; k < n; k++, at += 8) {
      const d = f64x2.sub(v128.load(at), mean);
      s0 = f64x2.add(s0, d);
      q0 = f64x2.add(q0, f64x2.mul(d, d));
    }
    const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
    const q = f64x2.add(f64x2.add(q0, q1), f64x2.add(q2, q3));
    const squares = f64x2.sub(q, f64x2.div(f64x2.mul(s, s), count));
    const none = v128.or(flatWindows(first, n), f64x2.lt(squares, zero));
    // Without a mean there are none, flat or not.
    const known = f64x2.eq(mean, mean);
    storeRows(out, v128.bitselect(v128.bitselect(zero, squares, none), mean, known), i + 1 < rows);
  }
}

export function shape(x: usize, means: usize, skew: usize, kurt: usize, n: i32, rows: i32): void {
  const zero = f64x2.splat(0);
  const nan = f64x2.splat(NaN);
  const size = <f64>n;
  const count = f64x2.splat(size);
  const odd = (n & 1) == 1;
  const skewFactor = f64x2.splat((size * sqrt(size - 1)) / (size - 2));
  const kurtFactor = f64x2.splat((size - 1) / ((size - 2) * (size - 3)));
  const fourthFactor = f64x2.splat(size * (size + 1));
  const normal = f64x2.splat(3 * (size - 1));
  for (let i = 0; i < rows; i += 2, x += 16, means += 16, skew += 16, kurt += 16) {
    const mean = v128.load(means);
    const first = x - ((<usize>(n - 1)) << 3);
    let a1 = odd ? f64x2.sub(v128.load(first), mean) : zero;
    let a2 = f64x2.mul(a1, a1);
    let a3 = f64x2.mul(a2, a1);
    let a4 = f64x2.mul(a2, a2);
    let b1 = zero;
    let b2 = zero;
    let b3 = zero;
    let b4 = zero;
    for (let at = odd ? first + 8 : first; at < x; at += 16) {
      const a = f64x2.sub(v128.load(at), mean);
      const b = f64x2.sub(v128.load(at, 8), mean);
      const aa = f64x2.mul(a, a);
      const bb = f64x2.mul(b, b);
      a1 = f64x2.add(a1, a);
      b1 = f64x2.add(b1, b);
      a2 = f64x2.add(a2, aa);
      b2 = f64x2.add(b2, bb);
      a3 = f64x2.add(a3, f64x2.mul(aa, a));
      b3 = f64x2.add(b3, f64x2.mul(bb, b));
      a4 = f64x2.add(a4, f64x2.mul(aa, aa));
      b4 = f64x2.add(b4, f64x2.mul(bb, bb));
    }
    const s1 = f64x2.add(a1, b1);
    const s2 = f64x2.add(a2, b2);
    const s3 = f64x2.add(a3, b3);
    const s4 = f64x2.add(a4, b4);
    const rest = f64x2.div(s1, count);
    const rest3 = f64x2.mul(f64x2.splat(3), rest);
    const m2 = f64x2.sub(s2, f64x2.mul(rest, s1));
    const cubes = f64x2.mul(f64x2.mul(f64x2.mul(f64x2.splat(2), rest), rest), s1);
    const m3 = f64x2.add(f64x2.sub(s3, f64x2.mul(rest3, s2)), cubes);
    const squares = f64x2.mul(f64x2.mul(f64x2.mul(f64x2.splat(6), rest), rest), s2);
    const linear = f64x2.sub(s4, f64x2.mul(f64x2.mul(f64x2.splat(4), rest), s3));
    const m4 = f64x2.sub(f64x2.add(linear, squares), f64x2.mul(f64x2.mul(f64x2.mul(rest3, rest), rest), s1));
    const flat = flatWindows(first, n);
    const cube = f64x2.mul(m2, f64x2.sqrt(m2));
    const fourth = f64x2.mul(m2, m2);
    const skewed = f64x2.div(f64x2.mul(skewFactor, m3), cube);
    const ratio =
      n == 3
        ? f64x2.sub(f64x2.div(f64x2.mul(count, m4), fourth), f64x2.splat(3))
        : f64x2.mul(kurtFactor, f64x2.sub(f64x2.div(f64x2.mul(fourthFactor, m4), fourth), normal));
    const both = i + 1 < rows;
    storeRows(skew, v128.bitselect(skewed, nan, v128.andnot(f64x2.gt(cube, zero), flat)), both);
    storeRows(kurt, v128.bitselect(ratio, nan, v128.andnot(f64x2.gt(fourth, zero), flat)), both);
  }
}
