/** Pseudo-random numbers that are the same bits on every machine and Node version. */
import { log } from 'minotaur-core/internal/base/elementary/index';

export interface Random {
  /** Uniform in (0, 1): never 0, never 1. */
  uniform(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Standard normal. */
  normal(): number;
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
    exponential: () => -log(uniform()),
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
        const factor = Math.sqrt((-2 * log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    },
  };
}
