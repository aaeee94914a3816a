/** What the intake found wrong: how often, and a few places. */
import type { Notice, Problem } from 'minotaur-core/internal/trades/intake';

/** Of one kind. */
interface ProblemExamples {
  /** Rows. */
  readonly rows: number;
  /** The first, in words. */
  readonly expected: string;
  /** The first, in words. */
  readonly found: string;
  /** The first places. */
  readonly places: readonly string[];
}

/** By kind; absent where there is none of it. */
export type ProblemsReport = Partial<Readonly<Record<Problem, ProblemExamples>>>;

/** Places that are kept of each kind. */
const KEPT = 3;

export function createProblems() {
  const known = new Map<Problem, { rows: number; expected: string; found: string; places: string[] }>();
  return {
    add({ problem, row, last, count, expected, found }: Notice, place: (row: number) => string): void {
      const one = known.get(problem) ?? { rows: 0, expected, found, places: [] };
      known.set(problem, one);
      one.rows += count;
      if (one.places.length < KEPT) one.places.push(count > 1 ? `${place(row)} to ${place(last)}` : place(row));
    },
    report: (): ProblemsReport => Object.fromEntries(known),
  };
}
