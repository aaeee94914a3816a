/**
 * What a model is, as its author writes it, and what it may ask for while it is built: parameters, running statistics, dropout.
 * A network is built three times over: for training, for evaluation, and as a file. Layers do not know for which, except by
 * `training`.
 */
import type { Shape, Tensor } from '../../onnx/graph/tensor.ts';

/** How a parameter begins: uniform within ±sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010), ±bound, or one value. */
export type Initial =
  | { readonly kind: 'glorot'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number };

/** Values that a training step renews by itself, not by gradients, such as running means. */
export interface Statistic {
  /** What the step before left. */
  readonly value: Tensor;
  /** In training: what the next step finds. */
  renew(next: Tensor): void;
}

/** Gives a network, while it is built, what is trained of it and what changes with each step. */
export interface NetworkBuilder {
  /** Dropout is done and statistics are those of the batch. */
  readonly training: boolean;
  /** A parameter by a name that is its own within the network. `decay`: weight decay draws it to zero. */
  parameter(name: string, shape: Shape, initial: Initial, decay: boolean): Tensor;
  /** Running values by a name, all `initial` at first. */
  statistic(name: string, shape: Shape, initial: number): Statistic;
  /** What to multiply by: 0 with probability `rate`, else 1 / (1 - rate). In training only. */
  mask(shape: Shape, rate: number): Tensor;
}

/** A model from sequences [B, L, F] to logits [B, K]; K is 1 for a binary label. */
export interface Network {
  /** What it is called in messages and files. */
  readonly name: string;
  /** Logits of a batch. */
  build(b: NetworkBuilder, x: Tensor): Tensor;
}
