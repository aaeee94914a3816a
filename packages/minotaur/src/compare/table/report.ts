/** What a comparison found. */
import type { Finding } from '../keys/key-findings.ts';
import type { Told } from '../measures/pattern.ts';

/** A value as a report has it: a number, microseconds of a time, a word; null where there is none. */
export type ComparedCell = number | string | null;

/** What values are: times are microseconds since the epoch. */
export type ValueKind = 'number' | 'time' | 'text';

/** A row beside the first difference of a column. */
export interface ComparedValue {
  /** Microseconds, or the number by which rows are matched. */
  readonly key: number;
  /** May be infinite, which JSON has as null. */
  readonly a: ComparedCell;
  /** The same of B. */
  readonly b: ComparedCell;
}

/** The first row in which a column differs. */
export interface FirstDifference extends ComparedValue {
  /** The key in words. */
  readonly at: string;
  /** Place among the rows that both sides have, from 0. */
  readonly row: number;
}

/** A column that differs. */
export interface ComparedColumn {
  /** In A. */
  readonly name: string;
  /** In B. */
  readonly nameInB: string;
  /** `number` where both are numbers; `text` where one is of words; `time` otherwise. */
  readonly kind: ValueKind;
  /** What its values are on either side. */
  readonly kinds: { readonly a: ValueKind; readonly b: ValueKind };
  /** Rows that differ. */
  readonly rows: number;
  /** Their share of the rows compared. */
  readonly share: number;
  /** Where the columns part. */
  readonly first: FirstDifference;
  /** Rows where one side alone has no value. */
  readonly missing: { readonly a: number; readonly b: number };
  /** The largest difference of finite values: microseconds of times, 0 of words. */
  readonly absolute: number;
  /** The largest, relative to the greater of the two values; 0 of times and words. */
  readonly relative: number;
  /** The same in units of the last place. */
  readonly ulps: number;
  /** Why: one cause, or several that act one after the other. */
  readonly causes: readonly Told[];
  /** What explains it as well. */
  readonly or: readonly Told[];
  /** `values`: B is computed from A by it; `pattern`: told by where they differ; `none`: nothing explains it. */
  readonly by: 'values' | 'pattern' | 'none';
  /** Rows around the first that differs. */
  readonly around: readonly ComparedValue[];
  /** Which of these it is. */
  readonly firstAround: number;
  /** Share of the rows that differ, from the first row to the last in equal parts. */
  readonly course: readonly number[];
}

/** A side as it was read. */
export interface ComparedSide {
  /** Its path. */
  readonly name: string;
  /** `Parquet`, `text`, `rows of a run`, `journal`. */
  readonly what: string;
  /** In all. */
  readonly rows: number;
  /** In all, those of the key too. */
  readonly columns: number;
  /** Null where rows are matched by their number. */
  readonly key: string | null;
}

/** Two tables compared. */
export interface Comparison {
  /** Whether nothing differs: rows, columns, values. */
  readonly equal: boolean;
  /** The first of the two. */
  readonly a: ComparedSide;
  /** The second. */
  readonly b: ComparedSide;
  /** Whether keys are times. */
  readonly isTime: boolean;
  /** Rows that both have. */
  readonly rows: number;
  /** Rows that one side alone has. */
  readonly alone: { readonly a: number; readonly b: number };
  /** Columns that both have. */
  readonly columns: number;
  /** Those of them that are the same. */
  readonly same: number;
  /** Of keys first, then of the table. */
  readonly findings: readonly Finding[];
  /** Columns that differ, in the order of A. */
  readonly differing: readonly ComparedColumn[];
  /** Columns that A alone has. */
  readonly onlyA: readonly string[];
  /** Columns that B alone has. */
  readonly onlyB: readonly string[];
}
