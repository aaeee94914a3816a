/** A network as two ONNX graphs, one that takes a training step and one that evaluates, over flat vectors of parameters. */
import { amount, numeric, optionsOf, thing } from 'minotaur-core/internal/base/options';
import type { Network } from '../layers/network.ts';
import type { Loss } from '../losses/loss.ts';

/** What is to be trained, and how a step moves it. */
export interface ProgramOptions {
  /** What is trained. */
  readonly network: Network;
  /** Sequences of a step, B. */
  readonly batch: number;
  /** Rows of a sequence, L. */
  readonly length: number;
  /** Columns of a row, F. */
  readonly width: number;
  /** What is made small. */
  readonly loss: Loss;
  /** Decay of the mean of gradients; 0.9 by default. */
  readonly beta1?: number;
  /** Decay of the mean of their squares; 0.999 by default. */
  readonly beta2?: number;
  /** Added to the root of the mean of squares; 1e-8 by default. */
  readonly epsilon?: number;
  /** The most that the norm of all gradients together may be; not bounded by default. */
  readonly clip?: number;
}

export const PROGRAM = optionsOf<ProgramOptions>(
  { network: thing<Network>('a network'), batch: amount, length: amount, width: amount, loss: thing<Loss>('a loss') },
  { beta1: numeric, beta2: numeric, epsilon: numeric, clip: numeric },
);

/** A parameter's place in the flat vectors. */
export interface Parameter {
  /** Its own within the network. */
  readonly name: string;
  /** Of the tensor that it is. */
  readonly shape: readonly number[];
  /** Where it begins. */
  readonly offset: number;
  /** Weight decay draws it to zero; not done to biases and norms. */
  readonly decay: boolean;
}

/** A mask of dropout: its place in the one flat input, whose values are 0 or 1 / (1 - rate). */
export interface Mask {
  /** Of the tensor that it is. */
  readonly shape: readonly number[];
  /** Probability of 0. */
  readonly rate: number;
  /** Where it begins. */
  readonly offset: number;
}

/** Flat vectors that a training begins with: parameters and running statistics. */
export interface InitialValues {
  /** Parameters. */
  readonly p: Float32Array;
  /** Running statistics. */
  readonly s: Float32Array;
}

/**
 * The step: inputs `p`, `m`, `v`, `e` [size], `s` [statistics], `x` [B, L, F], `y` [B, 1], `w` [B, 1] weights of rows (0: a row that
 * only fills the batch), `masks` [maskSize], `h` [5]; outputs `p2`, `m2`, `v2`, `e2`, `s2`, `loss` [1], `norm` [1]. What has no
 * elements is absent. `h` is learning rate, weight decay, 1 / (1 - beta1^t), 1 / sqrt(1 - beta2^t), decay of the mean of weights.
 *
 * The evaluation: inputs `p`, `s`, `x`, `y`; outputs `logits` [batch, K], `losses` [batch, 1]. Who has no labels gives zeros.
 */
export interface Program {
  /** In the order in which the network asks for them. */
  readonly parameters: readonly Parameter[];
  /** Floats of `p`. */
  readonly size: number;
  /** Floats of `s`. */
  readonly statistics: number;
  /** Of every dropout, in the order of the network. */
  readonly masks: readonly Mask[];
  /** Floats of `masks`. */
  readonly maskSize: number;
  /** ONNX. */
  readonly step: Uint8Array;
  /** ONNX, for so many rows. */
  readonly evaluation: (batch: number) => Uint8Array;
  /** What a training begins with, the same for a seed everywhere. */
  readonly initial: (seed: number) => InitialValues;
}
