/** Convolutions for what is near, attention for what is far, over a sequence whose levels are taken out. */
import { add, gelu, multiply, sigmoid } from '../../onnx/graph/operations/elementwise.ts';
import type { Tensor } from '../../onnx/graph/tensor.ts';
import { attentionPooling, positionalEncoding, selfAttention } from '../layers/attention.ts';
import { causalConvolution, stridedConvolution } from '../layers/convolution.ts';
import { ACTIVATIONS, dense, dropout, gated, type Activation } from '../layers/dense.ts';
import type { Network, NetworkBuilder } from '../layers/network.ts';
import { batchNormalization, layerNormalization, revin } from '../layers/norms.ts';

/** What a cnn-transformer is like. */
export interface CnnTransformerSettings {
  /** Channels of the convolutions. */
  readonly filters: number;
  /** Heads of each attention. */
  readonly heads: number;
  /** Channels of a head. */
  readonly headSize: number;
  /** Units of a feed-forward layer for one of the width heads × headSize. */
  readonly feedForward: number;
  /** Encoders, one after the other. */
  readonly encoders: number;
  /** Of convolutions and feed-forward layers. */
  readonly activation: Activation;
  /** Layers after the pooling. */
  readonly mlpLayers: number;
  /** Units of each of them. */
  readonly mlpUnits: number;
  /** Rate for channels of convolutions. */
  readonly dropoutCnn: number;
  /** Rate within encoders. */
  readonly dropoutTransformer: number;
  /** Rate after layers behind the pooling. */
  readonly dropoutMlp: number;
}

const KERNEL = 3;
const DILATIONS = [1, 2, 4];
const STRIDE = 2;

/** A gated causal convolution beside what it takes; dropout takes whole channels of a sequence. */
function convolved(b: NetworkBuilder, x: Tensor, name: string, dilation: number, s: CnnTransformerSettings): Tensor {
  const { filters, activation, dropoutCnn } = s;
  const both = causalConvolution(b, x, name, { filters: 2 * filters, kernel: KERNEL, dilation });
  const h = batchNormalization(b, gated(both, ACTIVATIONS[activation]), `${name}.norm`);
  const kept = dropout(b, h, dropoutCnn, [x.shape[0], 1, filters]);
  return add(kept, x.shape[2] === filters ? x : dense(b, x, `${name}.beside`, filters));
}

/** Pre-norm encoder (Xiong et al. 2020): x + attention(norm(x)), then x + feed-forward(norm(x)). */
function encoded(b: NetworkBuilder, x: Tensor, name: string, s: CnnTransformerSettings): Tensor {
  const { heads, headSize, feedForward, activation, dropoutTransformer: rate } = s;
  const width = x.shape[2];
  const seen = selfAttention(b, layerNormalization(b, x, `${name}.norm1`), `${name}.attention`, {
    heads,
    headSize,
    dropout: rate,
  });
  const after = add(x, dropout(b, seen, rate));
  const inner = dense(b, layerNormalization(b, after, `${name}.norm2`), `${name}.forward1`, feedForward * width);
  const outer = dense(b, dropout(b, ACTIVATIONS[activation](inner), rate), `${name}.forward2`, width);
  return add(after, dropout(b, outer, rate));
}

/**
 * RevIN; three gated causal convolutions of kernel 3 with dilations 1, 2, 4; one of stride 2; a gate for each feature; projection to
 * heads × headSize; positional encoding; pre-norm encoders; attention pooling; layers with GELU; one logit.
 */
export const cnnTransformer = (s: CnnTransformerSettings): Network => ({
  name: 'cnn-transformer',
  build(b, x) {
    const width = s.heads * s.headSize;
    let h = revin(b, x, 'revin');
    for (const [i, dilation] of DILATIONS.entries()) h = convolved(b, h, `convolution${i}`, dilation, s);
    h = gelu(stridedConvolution(b, h, 'stride', { filters: s.filters, stride: STRIDE }));
    h = multiply(h, sigmoid(dense(b, h, 'gate', s.filters)));
    if (s.filters !== width) h = dense(b, h, 'projection', width);
    h = positionalEncoding(h);
    for (let i = 0; i < s.encoders; i++) h = encoded(b, h, `encoder${i}`, s);
    h = attentionPooling(b, h, 'pooling');
    for (let i = 0; i < s.mlpLayers; i++) h = dropout(b, gelu(dense(b, h, `layer${i}`, s.mlpUnits)), s.dropoutMlp);
    return dense(b, h, 'head', 1);
  },
});
