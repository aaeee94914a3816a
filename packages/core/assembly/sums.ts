/** Windowed sums: the loop of `base/window.ts` over calm values once more, two rows at a time. */

/** What rounding took from a + b = sum, in both lanes. */
function lost(a: v128, b: v128, sum: v128): v128 {
  const shadow = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, shadow)), f64x2.sub(b, shadow));
}

function pair(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/**
 * Sums over `divisor` of `rows` rows, whose double-double stands in `state`, as long as it is exact; pairs of rows only. Returns
 * how many were done.
 */
export function windowSums(values: usize, out: usize, n: i32, divisor: f64, rows: i32, state: usize): i32 {
  const back = (<usize>n) << 3;
  const divisors = f64x2.splat(divisor);
  const zero = f64x2.splat(0);
  let high = load<f64>(state);
  let low = load<f64>(state, 8);
  let i = 0;
  for (; i + 2 <= rows; i += 2, values += 16, out += 16) {
    const entering = v128.load(values);
    const leaving = f64x2.neg(v128.load(values - back));
    // Each sum waits for the one before it; what they lose is found two at a time.
    const high1 = high + f64x2.extract_lane(entering, 0);
    const high2 = high1 + f64x2.extract_lane(leaving, 0);
    const high3 = high2 + f64x2.extract_lane(entering, 1);
    const high4 = high3 + f64x2.extract_lane(leaving, 1);
    const entered = pair(high1, high3);
    const left = pair(high2, high4);
    const errors1 = lost(pair(high, high2), entering, entered);
    const errors2 = lost(entered, leaving, left);
    const low1 = low + f64x2.extract_lane(errors1, 0);
    const low2 = low1 + f64x2.extract_lane(errors2, 0);
    const low3 = low2 + f64x2.extract_lane(errors1, 1);
    const low4 = low3 + f64x2.extract_lane(errors2, 1);
    const lows1 = pair(low1, low3);
    const lows2 = pair(low2, low4);
    const lost1 = f64x2.ne(lost(pair(low, low2), errors1, lows1), zero);
    const lost2 = f64x2.ne(lost(lows1, errors2, lows2), zero);
    if (v128.any_true(v128.or(lost1, lost2))) break;
    high = high4;
    low = low4;
    v128.store(out, f64x2.div(f64x2.add(left, lows2), divisors));
  }
  store<f64>(state, high);
  store<f64>(state, low, 8);
  return i;
}
