/** What a law is, and what it says of something that breaks it. */
import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';

/** What is wrong, as plain data. */
export interface Wrong {
  /** Row of the generated columns, or ordinal of the bar; null where it is not a matter of one. */
  readonly row: number | null;
  /** Output of the operator, or column of the bar; null where it is not a matter of one. */
  readonly output: string | null;
  /** What was done, in words: `in blocks of 3, 1 rows`. */
  readonly when: string;
  /** In words or digits. */
  readonly expected: string;
  /** In words or digits. */
  readonly found: string;
}

/** Tolerances that declarations of memory are held to: the usual one, and coarser ones that a user may choose. */
export const TOLERANCES: readonly number[] = [TOLERANCE, 1e-6, 1e-3];

/** A law: says what is wrong with a subject on a sample, or nothing. */
export interface Law<Subject, Sample> {
  /** Its number and name, `L1 block invariance`. */
  readonly name: string;
  /** In words. */
  readonly says: string;
  readonly check: (subject: Subject, sample: Sample) => Wrong | undefined;
  /** On how many samples it is tried, of those that are asked for; absent: on all. */
  readonly samples?: (asked: number) => number;
}

export function wrong(when: string, expected: string, found: string, where: Partial<Wrong> = {}): Wrong {
  return { row: null, output: null, ...where, when, expected, found };
}

/** Two values that should be the same. */
export function valuesAt(when: string, output: string, row: number, expected: number, found: number): Wrong {
  return { row, output, when, expected: textOf(expected), found: textOf(found) };
}

const textOf = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** `in blocks of 3, 1`. */
export function blocksOf(cuts: readonly number[]): string {
  return `in blocks of ${cuts.join(', ')}`;
}
