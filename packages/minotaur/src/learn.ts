/**
 * Networks: what they are made of, what they are trained by, and both as ONNX. A network of your own is an object with a name and a
 * function that builds it from layers.
 *
 *     const network: Network = { name: 'mine', build: (b, x) => dense(b, last(gru(b, x, 'gru', 32)), 'head', 1) };
 *     const program = createProgram({ network, batch: 64, length: 60, width: 40, loss: focal(0.4, 2) });
 */
export { attentionPooling, positionalEncoding, selfAttention } from './learn/layers/attention.ts';
export type { Attention } from './learn/layers/attention.ts';
export { causalConvolution, stridedConvolution } from './learn/layers/convolution.ts';
export type { Convolution } from './learn/layers/convolution.ts';
export { ACTIVATIONS, dense, dropout, gated } from './learn/layers/dense.ts';
export type { Activation } from './learn/layers/dense.ts';
export { embedding } from './learn/layers/embedding.ts';
export type { Initial, Network, NetworkBuilder, Statistic } from './learn/layers/network.ts';
export { batchNormalization, layerNormalization, revin } from './learn/layers/norms.ts';
export { gru, last, lstm } from './learn/layers/recurrent.ts';
export { binaryCrossEntropy, crossEntropy, focal } from './learn/losses/classes.ts';
export type { Loss } from './learn/losses/loss.ts';
export { huber, quantile } from './learn/losses/values.ts';
export type { CnnTransformerSettings } from './learn/models/cnn-transformer.ts';
export type { MlpSettings } from './learn/models/mlp.ts';
export { networkOf } from './learn/models/models.ts';
export type { NetworkSettings } from './learn/models/models.ts';
export type { GruSettings, TcnSettings } from './learn/models/sequences.ts';
export type { InitialValues, Mask, Parameter, Program, ProgramOptions } from './learn/program/contract.ts';
export { exportNetwork } from './learn/program/export.ts';
export { createProgram } from './learn/program/program.ts';
export type { ModelIdentity } from './store/model.ts';
export {
  abs,
  add,
  divide,
  exp,
  gelu,
  log,
  maximum,
  mean,
  minimum,
  multiply,
  negate,
  pow,
  relu,
  scale,
  sigmoid,
  softplus,
  sqrt,
  subtract,
  swish,
  tanh,
} from './onnx/graph/operations/elementwise.ts';
export { logSoftmax, oneHot, softmax } from './onnx/graph/operations/norms.ts';
export { affine, matmul } from './onnx/graph/operations/products.ts';
export type { Turned } from './onnx/graph/operations/products.ts';
export { concat, expand, pad, reshape, slice, split, sum, transpose } from './onnx/graph/operations/shaping.ts';
export { constantOf, scalarOf } from './onnx/graph/tensor.ts';
export type { Shape, Tensor } from './onnx/graph/tensor.ts';
