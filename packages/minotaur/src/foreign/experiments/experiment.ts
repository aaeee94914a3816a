/** Experiments: what is done to the table, and what is kept of a run over it. */
import type { Future } from '../table/garble.ts';
import type { Difference } from './compare.ts';

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

/** An experiment on the future that was done, compared with the run over the table as it is, or over one with a hole. */
export interface DoneFuture {
  readonly experiment: FutureExperiment;
  /** Whether it was compared with the run over the table as it is. */
  readonly isOfWhole: boolean;
  /** Of every column, over the rows that must stay. */
  readonly differences: ReadonlyMap<string, FutureDifference>;
  /** Columns that are the same bits in every row, of the other future too. */
  readonly same: ReadonlySet<string>;
  readonly lost: LostRows;
}

export interface FutureDifference extends Difference {
  /** Rows from the first that changed to the first that was changed. */
  readonly reach: number;
}

/** Rows that a run has not, of those that were known before the change. */
export interface LostRows {
  readonly rows: number;
  /** Those of them that come after every one that it has. */
  readonly tail: number;
}

/** A run that began later: for each column and level of {@link LEVELS} the last row that differs by more. */
export interface DoneStart {
  readonly from: number;
  readonly last: ReadonlyMap<string, readonly number[]>;
}

/** A window that a live system hands the code: how far the last row of each column is away, as a share of its range. */
export interface DoneWindow {
  readonly bars: number;
  /** Undefined where it has no last row. */
  readonly away: ReadonlyMap<string, number> | undefined;
}

/** A run over a table with a hole. */
export interface DoneHole {
  /** The first row behind it. */
  readonly to: number;
  readonly columns: ReadonlyMap<string, HoleMeasure>;
}

export interface HoleMeasure {
  /** The last row that differs by more than a millionth of the range. */
  readonly last: number;
  /** Whether there were values near the end of the whole table, and none is left. */
  readonly isEmptied: boolean;
}

/** An experiment in which the code failed. */
export interface Refused {
  readonly what: string;
  readonly why: string;
}
