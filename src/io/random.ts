/**
 * Pseudo-random numbers that are the same bits on every machine and Node version: integer operations, and arithmetic that
 * IEEE 754 rounds in one way only. Math.log, Math.exp and Math.pow are approximations that engines change.
 */

export interface Random {
  /** Uniform in (0, 1): never 0, never 1. */
  uniform(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Standard normal. */
  normal(): number;
}

const LN2 = 0.6931471805599453;
const SQRT_HALF = 0.7071067811865476;
const SCRATCH = new Float64Array(1);
const WORDS = new Uint32Array(SCRATCH.buffer);

/** Natural logarithm of a positive normal number, to about 1e-15. */
export function ln(x: number): number {
  SCRATCH[0] = x;
  let exponent = (WORDS[1] >>> 20) - 1022;
  WORDS[1] = (WORDS[1] & 0xfffff) | 0x3fe00000;
  let m = SCRATCH[0]; // in [0.5, 1)
  if (m < SQRT_HALF) {
    m *= 2;
    exponent--;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const series =
    1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z / 17)))))));
  return exponent * LN2 + 2 * s * series;
}

/** e to the x for |x| < 700, to about 1e-15. */
export function exp(x: number): number {
  const k = Math.floor(x / LN2 + 0.5);
  const r = (x - k * LN2) / 4; // |r| < 0.087
  const tail = 1 + (r / 5) * (1 + (r / 6) * (1 + (r / 7) * (1 + (r / 8) * (1 + r / 9))));
  const small = 1 + r * (1 + (r / 2) * (1 + (r / 3) * (1 + (r / 4) * tail)));
  const square = small * small;
  WORDS[0] = 0;
  WORDS[1] = (k + 1023) << 20;
  return square * square * SCRATCH[0];
}

/** Generator sfc32 (Chris Doty-Humphrey), seeded through splitmix32 from a safe integer. */
export function createRandom(seed: number): Random {
  let mix = (seed >>> 0) ^ Math.imul(Math.floor(seed / 4_294_967_296) | 0, 0x9e3779b9);
  const seeded = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let t = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
    return t ^ (t >>> 15);
  };
  let a = seeded();
  let b = seeded();
  let c = seeded();
  let counter = 1;
  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const uniform = (): number => (word() + 0.5) / 4_294_967_296;
  for (let i = 0; i < 15; i++) word();
  let spare = NaN;
  return {
    uniform,
    exponential: () => -ln(uniform()),
    normal() {
      if (spare === spare) {
        const value = spare;
        spare = NaN;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s >= 1 || s === 0) continue;
        const factor = Math.sqrt((-2 * ln(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    },
  };
}
