/** A loss that is no number, and what may have made it. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Batch } from './sequences.ts';
import type { StepFigures } from './session.ts';

export interface LossPlace {
  readonly step: number;
  readonly epoch: number;
  /** When the last row of each sequence of the batch becomes known. */
  readonly times: readonly number[];
  /** Names of the values of a row. */
  readonly columns: readonly string[];
  /** What is left to go on from, in words. */
  readonly left: string;
}

/** Sequences that are named. */
const NAMED = 8;

/** Refuses a loss, or a norm of gradients, that is not finite; weights made of it would be none. */
export function requireFinite({ loss, norm }: StepFigures, { x }: Batch, place: LossPlace): void {
  if (Number.isFinite(loss) && Number.isFinite(norm)) return;
  const { step, epoch, times, columns, left } = place;
  const named =
    times.slice(0, NAMED).map(formatTime).join(', ') + (times.length > NAMED ? `... (${times.length})` : '');
  fail(
    'input',
    `train, step ${step} of epoch ${epoch}, sequences that end at ${named}`,
    'a finite loss and gradient',
    `loss ${loss}, gradient norm ${norm}: ${blame(x, columns)}; ${left}`,
  );
}

function blame(x: Float32Array, columns: readonly string[]): string {
  const at = x.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) return `the column ${columns[at % columns.length]} is ${x[at]}`;
  let largest = 0;
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]) > Math.abs(x[largest])) largest = i;
  const column = columns[largest % columns.length];
  return `all values are finite, the largest is ${x[largest]} of ${column}; take a lower model.learningRate or clip the columns`;
}
