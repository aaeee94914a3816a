/**
 * Pseudo-random numbers from a seed: the same bits on every machine. A generator is a function without arguments that returns the
 * next uniform number; what else is distributed is made of it by `distributions`. Two generators stay, because what was drawn with
 * either is kept: models that were learned, and markets whose digests are published.
 */
import { log } from './elementary/index.ts';

/** The next number of a uniform distribution between 0 and 1. */
export type Uniform = () => number;

export interface Random {
  /** Uniform in (0, 1): never 0, never 1. */
  readonly uniform: Uniform;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Standard normal. */
  normal(): number;
}

/** Uniform numbers in [0, 1): 32 bits of state, for choices and for made-up inputs. */
export function mulberry32(seed: number): Uniform {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Uniform numbers in (0, 1), never 0 or 1: 128 bits of state (Chris Doty-Humphrey's sfc32), for long simulations. Seeded through
 * splitmix32 from a safe integer.
 */
export function sfc32(seed: number): Uniform {
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
  for (let i = 0; i < 15; i++) word();
  return () => (word() + 0.5) / 4_294_967_296;
}

/**
 * The generator of the `count`-th use of a seed for a purpose: whoever knows how often something was drawn draws on from there,
 * without a state that would have to be kept. The three numbers, 32 bits each, are mixed by MurmurHash3's finaliser.
 */
export function counted(seed: number, purpose: number, count: number): Uniform {
  const mixed = (start: number): number => [seed, purpose, count].reduce((hash, word) => finalise(hash ^ word), start);
  return sfc32((mixed(0x9e3779b9) & 0x1fffff) * 4_294_967_296 + mixed(0x85ebca6b));
}

function finalise(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Distributions of what `uniform` gives, which must never be 0. */
export function distributions(uniform: Uniform): Random {
  /** Marsaglia's polar method makes two at a time. */
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
