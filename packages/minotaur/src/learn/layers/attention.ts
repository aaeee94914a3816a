/** Attention over the rows of a sequence [B, L, D]. */
import { add, tanh } from '../../onnx/graph/operations/elementwise.ts';
import { matmul } from '../../onnx/graph/operations/products.ts';
import { softmax } from '../../onnx/graph/operations/norms.ts';
import { reshape, split, transpose } from '../../onnx/graph/operations/shaping.ts';
import { constantOf, type Tensor } from '../../onnx/graph/tensor.ts';
import { cos, exp, log, sin } from 'minotaur-core/internal/base/elementary/index';
import { dense, dropout } from './dense.ts';
import type { NetworkBuilder } from './network.ts';

/** What an attention is like. */
export interface Attention {
  /** Heads, each with weights of rows of its own. */
  readonly heads: number;
  /** Channels of a head. */
  readonly headSize: number;
  /** Rows see only themselves and those before; true by default. */
  readonly causal?: boolean;
  /** Of the weights of rows; none by default. */
  readonly dropout?: number;
}

/** Far below every score: its weight is 0. */
const UNSEEN = -1e9;

function unseen(length: number): Tensor {
  const mask = new Float32Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(UNSEEN, row * length + row + 1, (row + 1) * length);
  return constantOf(mask, [1, 1, length, length]);
}

/**
 * softmax(q kᵀ / sqrt(headSize)) v of each head, put together and mapped to the width of x (Vaswani et al. 2017): [B, L, D] to
 * [B, L, D]. q, k and v come from one matrix product.
 */
export function selfAttention(b: NetworkBuilder, x: Tensor, name: string, options: Attention): Tensor {
  const { heads, headSize, causal = true, dropout: rate = 0 } = options;
  const [batch, length, width] = x.shape;
  const inner = heads * headSize;
  const all = dense(b, x, `${name}.qkv`, 3 * inner);
  const [q, k, v] = split(all, 2, 3).map((each) =>
    transpose(reshape(each, [batch, length, heads, headSize]), [0, 2, 1, 3]),
  );
  const scores = matmul(q, k, { transB: 1, factor: 1 / Math.sqrt(headSize) });
  const weights = dropout(b, softmax(causal ? add(scores, unseen(length)) : scores), rate);
  const seen = reshape(transpose(matmul(weights, v), [0, 2, 1, 3]), [batch, length, inner]);
  return dense(b, seen, `${name}.out`, width);
}

/** Σ softmax(tanh(x W) u) x over rows: [B, L, D] to [B, D]. */
export function attentionPooling(b: NetworkBuilder, x: Tensor, name: string): Tensor {
  const [batch, length, width] = x.shape;
  const scores = dense(b, tanh(dense(b, x, `${name}.hidden`, width)), `${name}.score`, 1);
  return reshape(matmul(softmax(reshape(scores, [batch, 1, length])), x), [batch, width]);
}

/** sin(t / 10000^(2i/D)) in even columns 2i, the cosine in odd ones, added to x (Vaswani et al. 2017). */
export function positionalEncoding(x: Tensor): Tensor {
  const [, length, width] = x.shape;
  const values = new Float32Array(length * width);
  for (let column = 0; column < width; column++) {
    const even = column % 2 === 0;
    const slower = exp((-log(10_000) * (even ? column : column - 1)) / width);
    for (let t = 0; t < length; t++) values[t * width + column] = even ? sin(t * slower) : cos(t * slower);
  }
  return add(x, constantOf(values, [1, length, width]));
}
