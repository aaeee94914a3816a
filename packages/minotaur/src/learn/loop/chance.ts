/** What is drawn at random in a training: found again by counting, so that no generator has to be kept. */
import { counted } from 'minotaur-core/internal/base/random';
import type { Mask } from '../program/contract.ts';

/** What a generator is for. */
const ORDER = 0;
const DROPOUT = 1;

/** The order in which an epoch takes its sequences: all of them, shuffled by Fisher and Yates. */
export function orderOf(seed: number, epoch: number, count: number): Int32Array {
  const uniform = counted(seed, ORDER, epoch);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(uniform() * (i + 1));
    const moved = order[i];
    order[i] = order[other];
    order[other] = moved;
  }
  return order;
}

/** Of a number: two values are made of one, since a step may need a million. */
const HALF = 65_536;

/** The dropout masks of a step: 0 with the mask's rate, to a part in 65,536, else 1 / (1 - rate). */
export function fillMasks(seed: number, step: number, masks: readonly Mask[], out: Float32Array): void {
  const uniform = counted(seed, DROPOUT, step);
  for (const { shape, rate, offset } of masks) {
    const end = offset + shape.reduce((size, dim) => size * dim, 1);
    const kept = 1 / (1 - rate);
    const least = Math.round(rate * HALF);
    for (let i = offset; i < end; i += 2) {
      const number = uniform() * HALF;
      const upper = Math.floor(number);
      out[i] = upper < least ? 0 : kept;
      if (i + 1 < end) out[i + 1] = (number - upper) * HALF < least ? 0 : kept;
    }
  }
}
