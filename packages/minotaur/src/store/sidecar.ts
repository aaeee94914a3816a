/**
 * `<model>.json`, beside every model: what the model belongs to, and golden rows, inputs with the probabilities they
 * gave where the model was made. They are replayed whenever the model is opened.
 */
import type { Sidecar } from './read-sidecar.ts';

export type { Sidecar } from './read-sidecar.ts';
/** An input, and the probability that it gave where the model was made. */
export type GoldenRow = Sidecar['golden'][number];

/**
 * How far a replayed probability may be from the golden one. Not 0: kernels of other processors sum float32 in another
 * order. A tree that routes a row differently, or a wrong column, is off by far more.
 */
export const GOLDEN_TOLERANCE = 1e-5;

/** Where the sidecar of a model is. */
export function sidecarPath(model: string): string {
  return `${model}.json`;
}
