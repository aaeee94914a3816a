/** Experiments: what is done to the table, and what a run over it is compared with. */
import type { Future } from '../table/garble.ts';
import type { Answer } from '../target/target.ts';
import type { ForeignTable } from '../table/table.ts';
import type { Matched } from './reference.ts';

/**
 * Experiments whose rows before `at` must stay as they were. `cut` ends the table there, at a random row or where a sparse column
 * speaks; `garble` and `hostile` give it another future; `early` gives it one almost from the start; `filled` gives it one behind
 * a bar without values, `bridged` behind bars that are not there: what was done about those may not look ahead either.
 */
export type FutureKind = 'cut' | 'garble' | 'hostile' | 'early' | 'filled' | 'bridged';

export interface FutureExperiment {
  readonly kind: FutureKind;
  /** Rows up to here, not with it, must stay. */
  readonly at: number;
  readonly future?: Future;
  /** Whether `at` was chosen as one behind a row where a sparse column speaks. */
  readonly isEvent?: boolean;
}

/** A run beside the first, and where its rows are among those of the reference. */
export interface Found {
  readonly answer: Answer;
  readonly matched: Matched;
  readonly table: ForeignTable;
}

/** An experiment that was done. */
export interface Done<E> {
  readonly experiment: E;
  readonly found: Found;
}

/** An experiment in which the code failed. */
export interface Refused {
  readonly what: string;
  readonly why: string;
}
