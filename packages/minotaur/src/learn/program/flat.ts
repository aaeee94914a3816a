/** Flat vectors: many tensors in one, each at its place. */
import { concat, reshape, slice } from '../../onnx/graph/operations/shaping.ts';
import { sizeOf, type Shape, type Tensor } from '../../onnx/graph/tensor.ts';

interface Placed {
  readonly shape: Shape;
  readonly offset: number;
  readonly tensor: Tensor;
}

/** What each tensor is: a part of a flat vector. */
export const partsOf = (vector: Tensor, placed: readonly Placed[]): [Tensor, Tensor][] =>
  placed.map(({ shape, offset, tensor }) => [tensor, reshape(slice(vector, 0, offset, offset + sizeOf(shape)), shape)]);

/** Tensors one after the other as a flat vector. */
export const flatOf = (tensors: readonly Tensor[]): Tensor =>
  concat(
    tensors.map((tensor) => reshape(tensor, [sizeOf(tensor.shape)])),
    0,
  );
