/**
 * Argument reduction for sine, cosine, tangent: x = n pi/2 + y with |y| at most pi/4, y as the sum of two doubles. Up to
 * 2^19 pi by subtracting pi/2 in three parts (Cody and Waite), beyond by integers with 2/pi to 1,200 bits (Payne and
 * Hanek), which makes objects; no feature has arguments of that size.
 */
import { highWord, lowWord } from './words.ts';

const TWO_OVER_PI = 6.36619772367581382433e-1;
/** 33 bits of pi/2, and what is left of it; the same of that; and of that. */
const PART_1 = 1.57079632673412561417;
const TAIL_1 = 6.07710050650619224932e-11;
const PART_2 = 6.0771005063039659766e-11;
const TAIL_2 = 2.02226624879595063154e-21;
const PART_3 = 2.0222662487111664558e-21;
const TAIL_3 = 8.47842766036889957e-32;

/** The larger part of y, and the smaller. */
export const reduced = new Float64Array(2);

/** Writes y to {@link reduced}; returns n modulo 4. `x` is finite and above pi/4 in size. */
export function reduce(x: number): number {
  const size = Math.abs(x);
  const exponent = (highWord(size) >> 20) & 0x7ff;
  if (size > 823549.6) return reduceLarge(x, exponent);
  const n = Math.trunc(size * TWO_OVER_PI + 0.5);
  let r = size - n * PART_1;
  let w = n * TAIL_1;
  let y = r - w;
  if (exponent - exponentOf(y) > 16) {
    let t = r;
    w = n * PART_2;
    r = t - w;
    w = n * TAIL_2 - (t - r - w);
    y = r - w;
    if (exponent - exponentOf(y) > 49) {
      t = r;
      w = n * PART_3;
      r = t - w;
      w = n * TAIL_3 - (t - r - w);
      y = r - w;
    }
  }
  const tail = r - y - w;
  reduced[0] = x < 0 ? -y : y;
  reduced[1] = x < 0 ? -tail : tail;
  return (x < 0 ? -n : n) & 3;
}

const exponentOf = (y: number): number => (highWord(y) >> 20) & 0x7ff;

/** floor(2/pi 2^1200) and floor(pi/2 2^200). */
const TWO_OVER_PI_BITS = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b',
);
const TOP = 1200;
const HALF_PI_BITS = BigInt('0x1921fb54442d18469898cc51701b839a252049c1114cf98e804');
/** Bits kept of the fraction of x 2/pi; 1,074 - 52 of 2/pi can be needed to reach it, and 128 are left then. */
const KEPT = 128n;

function reduceLarge(x: number, exponent: number): number {
  const high = BigInt((highWord(Math.abs(x)) & 0xfffff) | 0x100000);
  const mantissa = (high << 32n) | BigInt(lowWord(x) >>> 0);
  // |x| 2/pi 2^KEPT, of which the last bit may be wrong.
  const product = (mantissa * TWO_OVER_PI_BITS) >> (BigInt(TOP + 1075 - exponent) - KEPT);
  const half = 1n << (KEPT - 1n);
  const n = (product + half) >> KEPT;
  const fraction = product - (n << KEPT);
  const y = (fraction * HALF_PI_BITS) >> 200n;
  const sign = x < 0 ? -1 : 1;
  const upper = Number(y);
  reduced[0] = sign * upper * TWO_M128;
  reduced[1] = sign * Number(y - BigInt(upper)) * TWO_M128;
  return Number((x < 0 ? -n : n) & 3n);
}

/** 2^-128, exactly. */
const TWO_M128 = 2.9387358770557187699e-39;
