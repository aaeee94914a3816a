/** How a network got better, in a file beside its model. */
import { rmSync } from 'node:fs';
import { writeWhole } from '../../files/atomic.ts';
import type { EpochFigures } from '../../learn/loop/state.ts';

/** Beside the model. */
export function curvePath(model: string): string {
  return `${model}.curve.json`;
}

/** Writes the epochs, one after the other: the same bytes for the same training, interrupted or not. */
export function writeCurve(model: string, curve: readonly EpochFigures[]): void {
  writeWhole(curvePath(model), `${JSON.stringify(curve, null, 2)}\n`);
}

/** Removes the epochs of a network that stood in the model's place. */
export function removeCurve(model: string): void {
  rmSync(curvePath(model), { force: true });
}
