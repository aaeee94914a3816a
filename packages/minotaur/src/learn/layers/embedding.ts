/** Learned vectors for whole numbers. */
import { oneHot } from '../../onnx/graph/operations/norms.ts';
import { affine } from '../../onnx/graph/operations/products.ts';
import type { Tensor } from '../../onnx/graph/tensor.ts';
import type { NetworkBuilder } from './network.ts';

/** Of each whole number from 0 to count - 1, in float32, a row of a table: [B, L, 1] to [B, L, width]. Any other number gives zeros. */
export function embedding(
  b: NetworkBuilder,
  x: Tensor,
  name: string,
  { count, width }: { readonly count: number; readonly width: number },
): Tensor {
  const table = b.parameter(`${name}.table`, [count, width], { kind: 'uniform', bound: 0.05 }, false);
  return affine(oneHot(x, count), table);
}
