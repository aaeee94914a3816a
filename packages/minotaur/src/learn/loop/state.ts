/** Where a training is: everything that it needs to go on, and nothing that it could count again. */
import type { Program } from '../program/contract.ts';

/** What an epoch came to. */
export interface EpochFigures {
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of its rows, each as it was met, with dropout. */
  readonly trainLoss: number;
  /** Mean loss of the validation rows behind it, by the mean of weights. */
  readonly validationLoss: number;
  /** Area under the ROC curve of the validation rows. */
  readonly auc: number;
  /** Mean norm of all gradients together, before it was bounded. */
  readonly gradientNorm: number;
  /** Of its last step. */
  readonly learningRate: number;
}

/** Flat vectors of the program. */
export interface Vectors {
  /** Parameters, the means of gradients and of their squares, the mean of weights. */
  readonly p: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
  readonly e: Float32Array;
  /** Running statistics. */
  readonly s: Float32Array;
}

/** Their names, in the order in which they are kept. */
export const VECTORS = ['p', 'm', 'v', 'e', 's'] as const;

/** What was judged, at the epoch that was the best. */
export interface Weights {
  readonly p: Float32Array;
  readonly s: Float32Array;
}

/** Counted and summed so far. */
export interface Place {
  /** Epochs that are behind, each with its figures. */
  curve: EpochFigures[];
  /** Steps done in all, and in this epoch. */
  step: number;
  position: number;
  /** Of this epoch: losses by what their rows count for, what these count for together, and norms. */
  lossSum: number;
  weight: number;
  normSum: number;
}

export interface LoopState {
  vectors: Vectors;
  readonly best: Weights;
  readonly place: Place;
}

/** Before the first step. */
export function beginning(program: Pick<Program, 'size' | 'statistics' | 'initial'>, seed: number): LoopState {
  const { p, s } = program.initial(seed);
  const zeros = (): Float32Array => new Float32Array(program.size);
  return {
    vectors: { p, m: zeros(), v: zeros(), e: p.slice(), s },
    best: { p: p.slice(), s: s.slice() },
    place: { curve: [], step: 0, position: 0, lossSum: 0, weight: 0, normSum: 0 },
  };
}

/** The best epoch so far, the first of equals; 0 before there is one. */
export function bestOf(curve: readonly EpochFigures[]): number {
  let best = 0;
  for (const { epoch, validationLoss } of curve) {
    if (best === 0 || validationLoss < curve[best - 1].validationLoss) best = epoch;
  }
  return best;
}
