/** Convolutions over time: [B, L, C] to [B, L', filters]. */
import { fail } from 'minotaur-core/internal/base/errors';
import { add } from '../../onnx/graph/operations/elementwise.ts';
import { affine } from '../../onnx/graph/operations/products.ts';
import { concat, pad, reshape, slice } from '../../onnx/graph/operations/shaping.ts';
import type { Tensor } from '../../onnx/graph/tensor.ts';
import type { NetworkBuilder } from './network.ts';

const ZERO = { kind: 'constant', value: 0 } as const;

/** What a causal convolution is like. */
export interface Convolution {
  /** Channels that come out. */
  readonly filters: number;
  /** Rows that a value is made of. */
  readonly kernel: number;
  /** Rows from one of them to the next; 1 by default. */
  readonly dilation?: number;
}

/** Rows moved on by so many: the first are zero, the last are gone. */
const delayed = (x: Tensor, rows: number): Tensor => pad(x, 1, rows, 0 - rows);

/** Rows of a sequence beside those before: [B, L, kernel C], oldest first. */
const beside = (x: Tensor, kernel: number, dilation: number): Tensor =>
  concat(
    Array.from({ length: kernel }, (_, k) => delayed(x, (kernel - 1 - k) * dilation)),
    2,
  );

/** The same sum, multiplied first and moved then: of many columns to few filters less is moved. */
function multipliedFirst(x: Tensor, weights: Tensor, bias: Tensor, kernel: number, dilation: number): Tensor {
  const filters = weights.shape[1];
  const columns = x.shape[2];
  const sideBySide = concat(
    Array.from({ length: kernel }, (_, k) => slice(weights, 0, k * columns, (k + 1) * columns)),
    1,
  );
  const products = affine(x, sideBySide);
  let y = bias;
  for (let k = 0; k < kernel; k++) {
    y = add(delayed(slice(products, 2, k * filters, (k + 1) * filters), (kernel - 1 - k) * dilation), y);
  }
  return y;
}

/**
 * y[t] = b + Σ_k x[t - (kernel - 1 - k) dilation] w[k]: no row hangs on a later one, and rows before the first are zero. Weights
 * [kernel C, filters], oldest row first.
 */
export function causalConvolution(b: NetworkBuilder, x: Tensor, name: string, options: Convolution): Tensor {
  const { filters, kernel, dilation = 1 } = options;
  const columns = x.shape[2];
  const initial = { kind: 'glorot', fanIn: kernel * columns, fanOut: kernel * filters } as const;
  const weights = b.parameter(`${name}.weights`, [kernel * columns, filters], initial, true);
  const bias = b.parameter(`${name}.bias`, [filters], ZERO, false);
  if (columns > filters && kernel > 1) return multipliedFirst(x, weights, bias, kernel, dilation);
  return affine(beside(x, kernel, dilation), weights, bias);
}

/**
 * y[t] = b + Σ_k x[stride t + k] w[k] over k < stride: rows in groups of `stride`, each made one; where L is no multiple, zeros follow
 * the last. [B, ceil(L / stride), filters].
 */
export function stridedConvolution(
  b: NetworkBuilder,
  x: Tensor,
  name: string,
  { filters, stride }: { readonly filters: number; readonly stride: number },
): Tensor {
  const [batch, length, columns] = x.shape;
  if (!(stride >= 1)) fail('config', name, 'a stride of at least 1', `${stride}`);
  const groups = Math.ceil(length / stride);
  const grouped = reshape(pad(x, 1, 0, groups * stride - length), [batch, groups, stride * columns]);
  const initial = { kind: 'glorot', fanIn: stride * columns, fanOut: stride * filters } as const;
  const weights = b.parameter(`${name}.weights`, [stride * columns, filters], initial, true);
  return affine(grouped, weights, b.parameter(`${name}.bias`, [filters], ZERO, false));
}
