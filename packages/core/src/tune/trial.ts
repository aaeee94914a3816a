/** What samplers and pruners know of a trial. */
import type { Place } from './space.ts';

/** As Optuna has them. */
export type TrialState = 'RUNNING' | 'COMPLETE' | 'PRUNED' | 'FAIL' | 'WAITING';

/** Whether a greater value is better. */
export type Direction = 'MINIMIZE' | 'MAXIMIZE';

export interface Trial {
  /** From 0 on, in the order in which they began. */
  readonly number: number;
  readonly state: TrialState;
  /** The parameters that it has so far. */
  readonly place: Place;
  /** What came of it; NaN where nothing has. */
  readonly value: number;
  /** What it reported on its way, by step. */
  readonly intermediate: ReadonlyMap<number, number>;
  /** What it had at each rung of successive halving that it was judged at. */
  readonly rungs: readonly number[];
}

/** The last step at which a trial reported; undefined: none. */
export function lastStep({ intermediate }: Pick<Trial, 'intermediate'>): number | undefined {
  return intermediate.size === 0 ? undefined : Math.max(...intermediate.keys());
}

/** Trials that ran to an end that says something of their parameters. */
export const isTried = ({ state }: Pick<Trial, 'state'>): boolean => state === 'COMPLETE' || state === 'PRUNED';
