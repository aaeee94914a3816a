/** A network as two ONNX graphs, one that takes a training step and one that evaluates, over flat vectors of parameters. */
import type { Network } from '../layers/network.ts';
import type { Loss } from '../losses/loss.ts';

export interface ProgramOptions {
  readonly network: Network;
  /** Rows of a step, rows of a sequence, columns of a row: B, L, F. */
  readonly batch: number;
  readonly length: number;
  readonly width: number;
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

/** A parameter's place in the flat vectors. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  /** Weight decay draws it to zero; not done to biases and norms. */
  readonly decay: boolean;
}

/** A mask of dropout: its place in the one flat input, whose values are 0 or 1 / (1 - rate). */
export interface Mask {
  readonly shape: readonly number[];
  readonly rate: number;
  readonly offset: number;
}

/** Flat vectors that a training begins with: parameters and running statistics. */
export interface InitialValues {
  readonly p: Float32Array;
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
  readonly parameters: readonly Parameter[];
  /** Floats of `p`. */
  readonly size: number;
  /** Floats of `s`. */
  readonly statistics: number;
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
