/** Networks that see a sequence as one row of L F columns. */
import { reshape } from '../../onnx/graph/operations/shaping.ts';
import type { Tensor } from '../../onnx/graph/tensor.ts';
import { ACTIVATIONS, dense, dropout, type Activation } from '../layers/dense.ts';
import type { Network } from '../layers/network.ts';

/** What an mlp is like. */
export interface MlpSettings {
  /** Units of a layer. */
  readonly units: number;
  /** Layers before the last, which gives the logit. */
  readonly layers: number;
  /** After each layer. */
  readonly activation: Activation;
  /** Rate after each layer. */
  readonly dropout: number;
}

const flatten = (x: Tensor): Tensor => reshape(x, [x.shape[0], x.shape[1] * x.shape[2]]);

/** Logistic regression over L F columns. */
export const linear = (): Network => ({
  name: 'linear',
  build: (b, x) => dense(b, flatten(x), 'head', 1),
});

/** Layers of one width after each other, each with an activation and dropout. */
export const mlp = ({ units, layers, activation, dropout: rate }: MlpSettings): Network => ({
  name: 'mlp',
  build(b, x) {
    let h = flatten(x);
    for (let i = 0; i < layers; i++) {
      h = dropout(b, ACTIVATIONS[activation](dense(b, h, `layer${i}`, units)), rate);
    }
    return dense(b, h, 'head', 1);
  },
});
