/** Foreign code as a black box: a table in, columns out. */
import type { ForeignTable } from '../table/table.ts';

/** A run of the code. */
export interface Asked {
  readonly table: ForeignTable;
  /** Time zone of its process. */
  readonly zone: string;
  /** Seed of the global generators that can be seeded. */
  readonly seed: number;
  /** Whether clocks and generators are watched; the run is slower then. */
  readonly watch?: boolean;
  /** Seconds by which clocks are ahead; 0 where absent. */
  readonly clock?: number;
  /** Whether the function is called before, with the first half of the table, in the same process. */
  readonly twice?: boolean;
  /** In an interpreter of its own, rather than in one that has loaded the code before. */
  readonly fresh?: boolean;
}

/** What it gave. */
export interface Answer {
  readonly rows: number;
  /** Numbers, codes of texts, times in microseconds; NaN is none. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Columns of texts and times: as numbers they can be held against each other, and are no features. */
  readonly words: readonly string[];
  /** The time of each row, microseconds; absent where it gives none. */
  readonly time?: Float64Array;
  /** The row of the given table that each row is of; absent where it gives none. */
  readonly position?: Float64Array;
  /** Seconds that the code itself took. */
  readonly seconds: number;
  /** What it asked of the world. */
  readonly seen: readonly Seen[];
}

/** Something that code asked of the world: `file read`, `network`, `clock`..., and which. */
export type Seen = readonly [kind: string, what: string];

/** Why there is no answer, in a line. */
export interface Failed {
  readonly failed: string;
}

/** The code. */
export interface Target {
  /** What it is, as a person named it. */
  readonly name: string;
  /** What runs it, and what it was found to be. */
  readonly ran: readonly (readonly [term: string, text: string])[];
  /** What loading it asked of the world, and what of the world it names. */
  readonly loading: readonly Seen[];
  /** Whether seeds, clocks and watches reach it. */
  readonly isWatched: boolean;
  /** What was guessed of it, which may be why it fails; absent where nothing was. */
  readonly guessed?: string;
  run(asked: Asked): Promise<Answer | Failed>;
  close(): Promise<void>;
}

export const isFailed = (outcome: Answer | Failed): outcome is Failed => 'failed' in outcome;
