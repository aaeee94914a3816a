/** Operations over a whole axis: softmax, normalisation, classes. */
import { apply, constantOf, outputsOf, scalarOf, sizeOf, type Operation, type Shape, type Tensor } from '../tensor.ts';
import { abs, add, divide, mean, multiply, relu, scale, sqrt, subtract } from './elementwise.ts';
import { reshape, sum, sumTo } from './shaping.ts';

const oneAtTheEnd = (shape: Shape): Shape => [...shape.slice(0, -1), 1];

export const softmaxOperation: Operation = {
  type: 'Softmax',
  shapes: ([x]) => [x.shape],
  gradient: ({ outputs: [y] }, [by]) => [by && multiply(y, subtract(by, sum(multiply(by, y), [y.shape.length - 1])))],
};
/** exp(x) / sum exp(x) over the last axis. */
export const softmax = (x: Tensor): Tensor => apply(softmaxOperation, [x], { axis: -1 });

export const logSoftmaxOperation: Operation = {
  type: 'LogSoftmax',
  shapes: ([x]) => [x.shape],
  gradient: ({ inputs: [x] }, [by]) => [by && subtract(by, multiply(softmax(x), sum(by, [x.shape.length - 1])))],
};
/** log softmax over the last axis. */
export const logSoftmax = (x: Tensor): Tensor => apply(logSoftmaxOperation, [x], { axis: -1 });

export const layerNormOperation: Operation = {
  type: 'LayerNormalization',
  shapes: ([x]) => [x.shape, oneAtTheEnd(x.shape), oneAtTheEnd(x.shape)],
  gradient: ({ inputs: [x, gain, bias], outputs: [, centre, inverse] }, [by]) => {
    if (!by) return [];
    const axis = [x.shape.length - 1];
    const hat = multiply(subtract(x, centre), inverse);
    const inner = multiply(by, gain);
    const projected = multiply(hat, mean(multiply(inner, hat), axis));
    return [
      multiply(inverse, subtract(subtract(inner, mean(inner, axis)), projected)),
      sumTo(multiply(by, hat), gain.shape),
      sumTo(by, bias.shape),
    ];
  },
};
/** (x - mean) / sqrt(variance + epsilon) over the last axis, times gain, plus bias (Ba et al. 2016). */
export const layerNorm = (x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor =>
  apply(layerNormOperation, [x, gain, bias], { axis: -1, epsilon: { float: epsilon } });

/** Outputs: y, mean, variance, the normalised x and 1 / sqrt(variance + epsilon), of x as rows of channels. */
export const batchNormOperation: Operation = {
  arrange: ([x, gain, bias], { epsilon }) => {
    const channels = x.shape[x.shape.length - 1];
    const rows = reshape(x, [sizeOf(x.shape) / channels, channels]);
    const centre = mean(rows, [0]);
    const around = subtract(rows, centre);
    const variance = mean(multiply(around, around), [0]);
    const { float } = epsilon as { readonly float: number };
    const inverse = divide(scalarOf(1), sqrt(add(variance, scalarOf(float))));
    const hat = multiply(around, inverse);
    const y = reshape(add(multiply(hat, gain), bias), x.shape);
    return [y, reshape(centre, [channels]), reshape(variance, [channels]), hat, inverse];
  },
  gradient: ({ inputs: [x, gain, bias], outputs: [, , , hat, inverse] }, [by]) => {
    if (!by) return [];
    const rows = reshape(by, hat.shape);
    const byGain = sum(multiply(rows, hat), [0]);
    const byBias = sum(rows, [0]);
    const share = 1 / hat.shape[0];
    const rest = subtract(subtract(rows, scale(byBias, share)), multiply(hat, scale(byGain, share)));
    return [
      reshape(multiply(rest, multiply(inverse, gain)), x.shape),
      reshape(byGain, gain.shape),
      reshape(byBias, bias.shape),
    ];
  },
};

export interface BatchNorm {
  readonly y: Tensor;
  readonly mean: Tensor;
  /** Divided by the number of values, as the normalisation is. */
  readonly variance: Tensor;
}

/**
 * (x - mean) / sqrt(variance + epsilon) of each channel, the last axis, over all others, times gain, plus bias (Ioffe and Szegedy
 * 2015).
 */
export function batchNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): BatchNorm {
  const [y, centre, variance] = outputsOf(batchNormOperation, [x, gain, bias], { epsilon: { float: epsilon } });
  return { y, mean: centre, variance };
}

/** [.., 1] whole numbers from 0 to classes - 1: [.., classes] of 0 and 1. */
const oneHotOperation: Operation = {
  arrange: ([classes], { count }) => {
    const places = constantOf(
      Array.from({ length: count as number }, (_, i) => i),
      [count as number],
    );
    // 1 where the distance is 0, and 0 from 1 on.
    return [relu(subtract(scalarOf(1), abs(subtract(classes, places))))];
  },
};
/** 1 at the class, 0 elsewhere. */
export const oneHot = (classes: Tensor, count: number): Tensor => apply(oneHotOperation, [classes], { count });

const norm2Operation: Operation = { type: 'ReduceL2', shapes: () => [[1]] };
/** Root of the sum of squares of a vector, [1]. */
export const norm2 = (x: Tensor): Tensor => apply(norm2Operation, [x], { keepdims: 1 });
