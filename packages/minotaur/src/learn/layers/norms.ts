/** Layers that bring values to a common scale. */
import { add, divide, mean, multiply, scale, sqrt, subtract } from '../../onnx/graph/operations/elementwise.ts';
import { batchNorm, layerNorm } from '../../onnx/graph/operations/norms.ts';
import { scalarOf, sizeOf, type Tensor } from '../../onnx/graph/tensor.ts';
import type { NetworkBuilder } from './network.ts';

const ZERO = { kind: 'constant', value: 0 } as const;
const ONE = { kind: 'constant', value: 1 } as const;

/** Added to variances: those of the layers' first implementations (Keras for batches, PyTorch for layers, RevIN's own). */
const EPSILON = { batch: 1e-3, layer: 1e-5, instance: 1e-5 } as const;
/** What of running statistics stays at a step. */
const MOMENTUM = 0.99;

function gainAndBias(b: NetworkBuilder, name: string, channels: number): { gain: Tensor; bias: Tensor } {
  return {
    gain: b.parameter(`${name}.gain`, [channels], ONE, false),
    bias: b.parameter(`${name}.bias`, [channels], ZERO, false),
  };
}

/** Each row by its own mean and variance over channels (Ba et al. 2016). */
export function layerNormalization(b: NetworkBuilder, x: Tensor, name: string): Tensor {
  const { gain, bias } = gainAndBias(b, name, x.shape[x.shape.length - 1]);
  return layerNorm(x, gain, bias, EPSILON.layer);
}

/**
 * Each channel by its mean and variance over the batch's rows; in evaluation by running ones, which keep 0.99 of what they were at
 * each step (Ioffe and Szegedy 2015). The running variance is that of a sample, divided by n - 1, as PyTorch's.
 */
export function batchNormalization(b: NetworkBuilder, x: Tensor, name: string): Tensor {
  const channels = x.shape[x.shape.length - 1];
  const { gain, bias } = gainAndBias(b, name, channels);
  const centre = b.statistic(`${name}.mean`, [channels], 0);
  const spread = b.statistic(`${name}.variance`, [channels], 1);
  if (!b.training) {
    const factor = divide(gain, sqrt(add(spread.value, scalarOf(EPSILON.batch))));
    return add(multiply(subtract(x, centre.value), factor), bias);
  }
  const { y, mean: found, variance } = batchNorm(x, gain, bias, EPSILON.batch);
  const rows = sizeOf(x.shape) / channels;
  const mixed = (old: Tensor, next: Tensor): Tensor => add(scale(old, MOMENTUM), scale(next, 1 - MOMENTUM));
  centre.renew(mixed(centre.value, found));
  spread.renew(mixed(spread.value, scale(variance, rows / Math.max(1, rows - 1))));
  return y;
}

/**
 * Each column of a sequence [B, L, F] by its mean and variance over that sequence, times gain, plus bias: what is learned does not hang
 * on levels (Kim et al. 2022, RevIN; nothing is turned back, since what is predicted is no column).
 */
export function revin(b: NetworkBuilder, x: Tensor, name: string): Tensor {
  const { gain, bias } = gainAndBias(b, name, x.shape[2]);
  const around = subtract(x, mean(x, [1]));
  const variance = mean(multiply(around, around), [1]);
  return add(multiply(divide(around, sqrt(add(variance, scalarOf(EPSILON.instance)))), gain), bias);
}
