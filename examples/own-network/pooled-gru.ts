/** A network of one's own: a convolution, a gated recurrent layer, and attention over its states. */
import {
  add,
  attentionPooling,
  causalConvolution,
  dense,
  dropout,
  gated,
  gelu,
  gru,
  layerNormalization,
  multiply,
  revin,
  sigmoid,
  type Network,
  type NetworkBuilder,
  type Tensor,
} from 'minotaur/learn';

const UNITS = 16;

/** A layer of one's own is a function: here one that lets each column through by what the row is like. */
function columnGate(b: NetworkBuilder, x: Tensor, name: string): Tensor {
  return multiply(x, sigmoid(dense(b, x, name, x.shape[x.shape.length - 1] ?? 1)));
}

const network: Network = {
  name: 'pooled-gru',
  build(b, x) {
    let h = columnGate(b, revin(b, x, 'level'), 'columns');
    h = gated(causalConvolution(b, h, 'near', { filters: 2 * UNITS, kernel: 3 }), gelu);
    h = add(h, gru(b, layerNormalization(b, h, 'norm'), 'states', UNITS));
    return dense(b, dropout(b, attentionPooling(b, h, 'pool'), 0.1), 'head', 1);
  },
};

export default network;
