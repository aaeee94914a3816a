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

/** The dropout masks of a step: 0 with the mask's rate, else 1 / (1 - rate). */
export function fillMasks(seed: number, step: number, masks: readonly Mask[], out: Float32Array): void {
  const uniform = counted(seed, DROPOUT, step);
  for (const { shape, rate, offset } of masks) {
    const end = offset + shape.reduce((size, dim) => size * dim, 1);
    const kept = 1 / (1 - rate);
    for (let i = offset; i < end; i++) out[i] = uniform() < rate ? 0 : kept;
  }
}
