/** Networks that go through a sequence and look at their last row. */
import { add, relu } from '../../onnx/graph/operations/elementwise.ts';
import type { Tensor } from '../../onnx/graph/tensor.ts';
import { causalConvolution } from '../layers/convolution.ts';
import { dense, dropout } from '../layers/dense.ts';
import type { Network, NetworkBuilder } from '../layers/network.ts';
import { gru, last } from '../layers/recurrent.ts';

/** What a temporal convolutional network is like. */
export interface TcnSettings {
  /** Channels of the convolutions. */
  readonly filters: number;
  /** Rows that a convolution sees. */
  readonly kernel: number;
  /** Blocks; the dilation doubles from one to the next. */
  readonly levels: number;
  /** Rate for channels after each convolution. */
  readonly dropout: number;
}

/** What a network of gated recurrent units is like. */
export interface GruSettings {
  /** Units of a layer. */
  readonly units: number;
  /** Layers, one after the other. */
  readonly layers: number;
  /** Rate after each layer. */
  readonly dropout: number;
}

/** Two causal convolutions beside what they take; dropout takes whole channels of a sequence. */
function block(b: NetworkBuilder, x: Tensor, name: string, dilation: number, s: TcnSettings): Tensor {
  const { filters, kernel, dropout: rate } = s;
  let h = x;
  for (const part of [0, 1]) {
    h = relu(causalConvolution(b, h, `${name}.convolution${part}`, { filters, kernel, dilation }));
    h = dropout(b, h, rate, [x.shape[0], 1, filters]);
  }
  return relu(add(h, x.shape[2] === filters ? x : dense(b, x, `${name}.beside`, filters)));
}

/** Temporal convolutional network (Bai et al. 2018), without weight normalisation. */
export const tcn = (s: TcnSettings): Network => ({
  name: 'tcn',
  build(b, x) {
    let h = x;
    let dilation = 1;
    for (let i = 0; i < s.levels; i++, dilation *= 2) h = block(b, h, `block${i}`, dilation, s);
    return dense(b, last(h), 'head', 1);
  },
});

/** Layers of gated recurrent units, with dropout after each. */
export const gruNetwork = ({ units, layers, dropout: rate }: GruSettings): Network => ({
  name: 'gru',
  build(b, x) {
    let h = x;
    for (let i = 0; i < layers; i++) h = dropout(b, gru(b, h, `layer${i}`, units), rate);
    return dense(b, last(h), 'head', 1);
  },
});
