/**
 * Logarithms of two rows at a time: those parts of `base/elementary/log.ts` that returns and volumes need, once more. Where a row
 * needs another part, the loop ends before its pair.
 */

export const LN2_HIGH: f64 = 6.9314718036912381649e-1;
export const LN2_LOW: f64 = 1.90821492927058770002e-10;
/** 2^-20. */
export const TINY: f64 = 9.5367431640625e-7;

export const L1: f64 = 6.66666666666673513e-1;
export const L2: f64 = 3.999999999940941908e-1;
export const L3: f64 = 2.857142874366239149e-1;
export const L4: f64 = 2.222219843214978396e-1;
export const L5: f64 = 1.818357216161805012e-1;
export const L6: f64 = 1.531383769920937332e-1;
export const L7: f64 = 1.479819860511658591e-1;

/** What is added, times z. */
function next(z: v128, sum: v128, coefficient: f64): v128 {
  return f64x2.mul(z, f64x2.add(f64x2.splat(coefficient), sum));
}

function within(x: v128, above: f64, below: f64): v128 {
  return v128.and(f64x2.gt(x, f64x2.splat(above)), f64x2.lt(x, f64x2.splat(below)));
}

/** log(1 + f), |f| < 1/8. */
function nearOne(f: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const odd = f64x2.mul(z, f64x2.add(f64x2.splat(L1), next(w, next(w, f64x2.mul(w, f64x2.splat(L7)), L5), L3)));
  const even = next(w, next(w, f64x2.mul(w, f64x2.splat(L6)), L4), L2);
  const usual = f64x2.sub(f, f64x2.mul(s, f64x2.sub(f, f64x2.add(odd, even))));
  const third = f64x2.mul(f64x2.splat(0.3333333333333333), f);
  const cubic = f64x2.mul(f64x2.mul(f, f), f64x2.sub(f64x2.splat(0.5), third));
  const tiny = v128.and(f64x2.ge(f, f64x2.splat(-TINY)), f64x2.lt(f, f64x2.splat(TINY)));
  return v128.bitselect(f64x2.sub(f, cubic), usual, tiny);
}

/** Logarithms of what each row of x is of the row before, where these are positive and near each other. Returns how many rows were done. */
export function logReturns(x: usize, out: usize, rows: i32): i32 {
  const zero = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= rows; i += 2, x += 16, out += 16) {
    const before = v128.load(x - 8);
    const ratio = f64x2.div(v128.load(x), before);
    if (!i64x2.all_true(v128.and(f64x2.gt(before, zero), within(ratio, 0.875, 1.125)))) break;
    v128.store(out, nearOne(f64x2.sub(ratio, f64x2.splat(1))));
  }
  return i;
}

/** log(1 + x) where x is neither small nor beyond 2^50. Returns how many rows were done. */
export function log1ps(x: usize, out: usize, rows: i32): i32 {
  const one = f64x2.splat(1);
  let i = 0;
  for (; i + 2 <= rows; i += 2, x += 16, out += 16) {
    const value = v128.load(x);
    const u = f64x2.add(one, value);
    const mantissa = v128.and(i64x2.shr_u(u, 32), i64x2.splat(0xfffff));
    const usual = v128.and(i64x2.gt_s(mantissa, i64x2.splat(0)), i64x2.lt_s(mantissa, i64x2.splat(0xffffd)));
    if (!i64x2.all_true(v128.and(usual, within(value, 0.42, 1e15)))) break;
    const exponent = i64x2.sub(i64x2.shr_u(u, 52), i64x2.splat(1023));
    const positive = i64x2.gt_s(exponent, i64x2.splat(0));
    const rounded = v128.bitselect(f64x2.sub(one, f64x2.sub(u, value)), f64x2.sub(value, f64x2.sub(u, one)), positive);
    const c = f64x2.div(rounded, u);
    // A mask of ones is -1.
    const power = i64x2.sub(exponent, i64x2.ge_s(mantissa, i64x2.splat(0x6a09e)));
    const scale = i64x2.shl(i64x2.sub(i64x2.splat(1023), power), 52);
    // 2^52 + k, of which the bits are known.
    const k = f64x2.sub(v128.or(power, f64x2.splat(4503599627370496)), f64x2.splat(4503599627370496));
    const f = f64x2.sub(f64x2.mul(u, scale), one);
    const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
    const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
    const z = f64x2.mul(s, s);
    let r = f64x2.mul(z, f64x2.splat(L7));
    r = next(z, next(z, next(z, r, L6), L5), L4);
    r = next(z, next(z, next(z, r, L3), L2), L1);
    const low = f64x2.add(f64x2.mul(k, f64x2.splat(LN2_LOW)), c);
    const curve = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), low);
    const rest = f64x2.sub(f64x2.sub(half, curve), f);
    v128.store(out, f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), rest));
  }
  return i;
}
