/** Losses of classes. */
import { fail } from 'minotaur-core/internal/base/errors';
import {
  add,
  maximum,
  multiply,
  negate,
  pow,
  scale,
  sigmoid,
  softplus,
  subtract,
} from '../../onnx/graph/operations/elementwise.ts';
import { logSoftmax, oneHot } from '../../onnx/graph/operations/norms.ts';
import { sum } from '../../onnx/graph/operations/shaping.ts';
import { constantOf, scalarOf, type Tensor } from '../../onnx/graph/tensor.ts';
import type { Loss } from './loss.ts';

/** The logit with the sign of what happened: s = z where y is 1, -z where it is 0. */
function signed(logits: Tensor, labels: Tensor, loss: string): Tensor {
  if (logits.shape[1] !== 1) fail('config', loss, 'a network of one logit', `${logits.shape[1]}`);
  return multiply(logits, subtract(scale(labels, 2), scalarOf(1)));
}

/** `none` where y is 0, `one` where it is 1. */
const byClass = (labels: Tensor, none: number, one: number): Tensor => add(scale(labels, one - none), scalarOf(none));

/** -w_y log P(y), as softplus(-s); `weights` of class 0 and 1. */
export const binaryCrossEntropy = (weights: readonly [number, number] = [1, 1]): Loss => ({
  name: 'binary cross-entropy',
  each(logits, labels) {
    const each = softplus(negate(signed(logits, labels, 'binary cross-entropy')));
    return weights[0] === 1 && weights[1] === 1 ? each : multiply(each, byClass(labels, ...weights));
  },
});

/** -w_y log softmax(z)_y over K classes; `weights` of each class. */
export const crossEntropy = (classes: number, weights?: readonly number[]): Loss => ({
  name: 'cross-entropy',
  each(logits, labels) {
    if (logits.shape[1] !== classes) fail('config', 'cross-entropy', `${classes} logits`, `${logits.shape[1]}`);
    const chosen = oneHot(labels, classes);
    const counted = weights ? multiply(chosen, constantOf(weights, [classes])) : chosen;
    return negate(sum(multiply(logSoftmax(logits), counted), [1]));
  },
});

/**
 * Below it 1 - P(y) counts as this in its power, where γ is less than 1: the slope of the power, γ (1 - P(y))^(γ - 1), would be infinite
 * at 0, which float32 has for logits beyond 104, and the gradient infinity times 0.
 */
const LEAST = 2 ** -100;

/**
 * -α_y (1 - P(y))^γ log P(y), α for class 1 and 1 - α for class 0 (Lin et al. 2017). 1 - P(y) is sigmoid(-s), which loses nothing
 * where P(y) is near 1.
 */
export const focal = (alpha: number, gamma: number): Loss => ({
  name: 'focal',
  each(logits, labels) {
    const against = negate(signed(logits, labels, 'focal'));
    const weighted = multiply(softplus(against), byClass(labels, 1 - alpha, alpha));
    if (gamma === 0) return weighted;
    const missing = sigmoid(against);
    return multiply(weighted, pow(gamma < 1 ? maximum(missing, scalarOf(LEAST)) : missing, gamma));
  },
});
