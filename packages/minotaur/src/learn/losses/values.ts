/** Losses of values. */
import { abs, maximum, minimum, multiply, scale, subtract } from '../../onnx/graph/operations/elementwise.ts';
import { scalarOf } from '../../onnx/graph/tensor.ts';
import type { Loss } from './loss.ts';

/** e² / 2 up to |e| = δ, δ (|e| - δ / 2) beyond (Huber 1964), e = y - z. */
export const huber = (delta = 1): Loss => ({
  name: 'huber',
  each(logits, labels) {
    const size = abs(subtract(labels, logits));
    const near = minimum(size, scalarOf(delta));
    return multiply(near, subtract(size, scale(near, 0.5)));
  },
});

/** q e where e = y - z is positive, (q - 1) e where it is negative: least at the quantile q (Koenker and Bassett 1978). */
export const quantile = (q: number): Loss => ({
  name: 'quantile',
  each(logits, labels) {
    const error = subtract(labels, logits);
    return maximum(scale(error, q), scale(error, q - 1));
  },
});
