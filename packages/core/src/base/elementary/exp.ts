/**
 * Exponentials. x = k ln 2 + r with |r| below 0.5 ln 2; exp(r) from a rational function of r^2, then scaled by 2^k. Within
 * 1 ulp. Source and notice: see index.ts.
 */
import { LN2_HIGH, LN2_LOW } from './log.ts';
import { highWord, powerOfTwo } from './words.ts';

/** Above the first exp is infinite, below the second 0. */
const OVERFLOW = 709.78271289338397;
const UNDERFLOW = -745.13321910194111;
const INVERSE_LN2 = 1.442695040888963387;
const TWO_1023 = powerOfTwo(1023);
const TWO_M1000 = powerOfTwo(-1000);

const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;

/** e^x. */
export function exp(x: number): number {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (size >= 0x40862e42) {
    if (x !== x) return NaN;
    if (x > OVERFLOW) return Infinity;
    if (x < UNDERFLOW) return 0;
  }
  if (size < 0x3e300000) return 1 + x;
  // What follows is an ulp off at the one argument whose value people know.
  if (x === 1) return Math.E;
  if (size <= 0x3fd62e42) {
    const c = correction(x);
    return 1 - ((x * c) / (c - 2) - x);
  }
  // Rounds to the nearest integer away from zero.
  const k = size < 0x3ff0a2b2 ? (high < 0 ? -1 : 1) : Math.trunc(INVERSE_LN2 * x + (high < 0 ? -0.5 : 0.5));
  const upper = x - k * LN2_HIGH;
  const lower = k * LN2_LOW;
  const r = upper - lower;
  const c = correction(r);
  const y = 1 - (lower - (r * c) / (2 - c) - upper);
  if (k === 1024) return y * 2 * TWO_1023;
  return k >= -1021 ? y * powerOfTwo(k) : y * powerOfTwo(k + 1000) * TWO_M1000;
}

function correction(r: number): number {
  const t = r * r;
  return r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
}

const Q1 = -3.33333333333331316428e-2;
const Q2 = 1.58730158725481460165e-3;
const Q3 = -7.93650757867487942473e-5;
const Q4 = 4.00821782732936239552e-6;
const Q5 = -2.01099218183624371326e-7;

/** e^x - 1, of full precision for small x too. */
export function expm1(x: number): number {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (size >= 0x4043687a) {
    if (x !== x) return NaN;
    if (x > OVERFLOW) return Infinity;
    // Below -56 ln 2: nearer to -1 than to any other double.
    if (high < 0) return -1;
  }
  if (size < 0x3c900000) return x;
  if (size <= 0x3fd62e42) return scaled(x, 0, 0);
  const k = size < 0x3ff0a2b2 ? (high < 0 ? -1 : 1) : Math.trunc(INVERSE_LN2 * x + (high < 0 ? -0.5 : 0.5));
  const upper = x - k * LN2_HIGH;
  const lower = k * LN2_LOW;
  const r = upper - lower;
  return scaled(r, upper - r - lower, k);
}

/** 2^k exp(r + c) - 1, by the way that keeps the digits for that k. */
function scaled(r: number, c: number, k: number): number {
  const half = 0.5 * r;
  const square = r * half;
  const r1 = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
  const t = 3 - r1 * half;
  const quotient = square * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * quotient - square);
  const e = r * (quotient - c) - c - square;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r);
    return (k === 1024 ? y * 2 * TWO_1023 : y * powerOfTwo(k)) - 1;
  }
  if (k < 20) return (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k);
  return (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
