/** Layers without memory: an affine map, its activation, dropout. */
import { fail } from 'minotaur-core/internal/base/errors';
import { gelu, multiply, relu, sigmoid, swish, tanh } from '../../onnx/graph/operations/elementwise.ts';
import { affine } from '../../onnx/graph/operations/products.ts';
import { split } from '../../onnx/graph/operations/shaping.ts';
import type { Shape, Tensor } from '../../onnx/graph/tensor.ts';
import type { NetworkBuilder } from './network.ts';

const ZERO = { kind: 'constant', value: 0 } as const;

/** Functions that may follow a layer. */
export const ACTIVATIONS = { relu, gelu, swish, tanh, sigmoid } as const;
/** Name of a function that may follow a layer. */
export type Activation = keyof typeof ACTIVATIONS;

/** Σ x w + b over the last axis: [.., C] to [.., units]. */
export function dense(b: NetworkBuilder, x: Tensor, name: string, units: number): Tensor {
  const inner = x.shape[x.shape.length - 1];
  const weights = b.parameter(`${name}.weights`, [inner, units], { kind: 'glorot', fanIn: inner, fanOut: units }, true);
  return affine(x, weights, b.parameter(`${name}.bias`, [units], ZERO, false));
}

/**
 * In training a share of values is zero and the others are 1 / (1 - rate) times as great (Srivastava et al. 2014). `shape` says of
 * which values one is chosen for: those of axes of 1 fall together.
 */
export const dropout = (b: NetworkBuilder, x: Tensor, rate: number, shape: Shape = x.shape): Tensor =>
  b.training && rate > 0 ? multiply(x, b.mask(shape, rate)) : x;

/** Half the channels through a function, times the sigmoid of the other half (Dauphin et al. 2017): [.., 2 C] to [.., C]. */
export function gated(x: Tensor, through: (data: Tensor) => Tensor = (data) => data): Tensor {
  const axis = x.shape.length - 1;
  const channels = x.shape[axis];
  if (channels % 2 !== 0) fail('config', 'a gated layer', 'an even number of channels', `${channels}`);
  const [data, gate] = split(x, axis, 2);
  return multiply(through(data), sigmoid(gate));
}
