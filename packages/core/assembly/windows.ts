/** Windows that are summed anew in each row, two rows at a time: `mean_distance`, `flow_ratio`, `pressure_ratios` once more. */
import { storeRows } from './moments';

export function meanDistance(x: usize, out: usize, n: i32, rows: i32): void {
  const zero = f64x2.splat(0);
  const count = f64x2.splat(<f64>n);
  for (let i = 0; i < rows; i += 2, x += 16, out += 16) {
    const first = x - ((<usize>(n - 1)) << 3);
    const newest = v128.load(x);
    let a = zero;
    let b = zero;
    let at = first;
    for (; at < x; at += 16) {
      a = f64x2.add(a, f64x2.sub(v128.load(at), newest));
      b = f64x2.add(b, f64x2.sub(v128.load(at, 8), newest));
    }
    // With an odd period the newest row is left over, which adds nothing but its NaN.
    const mean = f64x2.div(f64x2.add(a, b), count);
    a = zero;
    b = zero;
    for (at = first; at < x; at += 16) {
      a = f64x2.add(a, f64x2.abs(f64x2.sub(f64x2.sub(v128.load(at), newest), mean)));
      b = f64x2.add(b, f64x2.abs(f64x2.sub(f64x2.sub(v128.load(at, 8), newest), mean)));
    }
    if (at == x) a = f64x2.add(a, f64x2.abs(mean));
    const deviation = f64x2.add(a, b);
    const unit = f64x2.mul(f64x2.splat(0.015), f64x2.div(deviation, count));
    const distance = f64x2.div(f64x2.sub(zero, mean), unit);
    storeRows(out, v128.bitselect(zero, distance, f64x2.eq(deviation, zero)), i + 1 < rows);
  }
}

export function flowRatio(inflow: usize, outflow: usize, out: usize, n: i32, rows: i32): void {
  const zero = f64x2.splat(0);
  const percent = f64x2.splat(100);
  for (let i = 0; i < rows; i += 2, inflow += 16, outflow += 16, out += 16) {
    let in0 = zero;
    let in1 = zero;
    let out0 = zero;
    let out1 = zero;
    let at = inflow - ((<usize>(n - 1)) << 3);
    const away = outflow - inflow;
    for (; at < inflow; at += 16) {
      in0 = f64x2.add(in0, v128.load(at));
      in1 = f64x2.add(in1, v128.load(at, 8));
      out0 = f64x2.add(out0, v128.load(at + away));
      out1 = f64x2.add(out1, v128.load(at + away, 8));
    }
    if (at == inflow) {
      in0 = f64x2.add(in0, v128.load(at));
      out0 = f64x2.add(out0, v128.load(at + away));
    }
    const gained = f64x2.add(in0, in1);
    const total = f64x2.add(gained, f64x2.add(out0, out1));
    const share = f64x2.mul(percent, f64x2.div(gained, total));
    storeRows(out, v128.bitselect(zero, share, f64x2.eq(total, zero)), i + 1 < rows);
  }
}

export function pressureRatios(
  pressure: usize,
  range: usize,
  out: usize,
  shortest: i32,
  middle: i32,
  longest: i32,
  rows: i32,
): void {
  const zero = f64x2.splat(0);
  const least = f64x2.splat(1e-14);
  for (let i = 0; i < rows; i += 2, pressure += 16, range += 16, out += 16) {
    let p = zero;
    let r = zero;
    let at = pressure;
    const away = range - pressure;
    for (const end = pressure - ((<usize>shortest) << 3); at > end; at -= 8) {
      p = f64x2.add(p, v128.load(at));
      r = f64x2.add(r, v128.load(at + away));
    }
    let sum = v128.bitselect(zero, f64x2.mul(f64x2.splat(4), f64x2.div(p, r)), f64x2.lt(r, least));
    for (const end = pressure - ((<usize>middle) << 3); at > end; at -= 8) {
      p = f64x2.add(p, v128.load(at));
      r = f64x2.add(r, v128.load(at + away));
    }
    sum = f64x2.add(sum, v128.bitselect(zero, f64x2.mul(f64x2.splat(2), f64x2.div(p, r)), f64x2.lt(r, least)));
    for (const end = pressure - ((<usize>longest) << 3); at > end; at -= 8) {
      p = f64x2.add(p, v128.load(at));
      r = f64x2.add(r, v128.load(at + away));
    }
    sum = f64x2.add(sum, v128.bitselect(f64x2.sub(p, p), f64x2.div(p, r), f64x2.lt(r, least)));
    storeRows(out, f64x2.div(f64x2.mul(f64x2.splat(100), sum), f64x2.splat(7)), i + 1 < rows);
  }
}
