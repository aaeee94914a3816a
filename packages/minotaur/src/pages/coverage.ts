/** How much the checks went through. */
import { compact, count, type Judged, type Tile } from '#view';
import type { CheckResult } from '../verify/harness/check.ts';

export interface Covered {
  readonly checks: readonly CheckResult[];
  readonly events: 'trades' | 'bars' | 'trades and bars';
  /** Features a row; absent where it is not known. */
  readonly columns?: number | undefined;
}

/** Figures of all checks together. */
export function coverageOf({ checks, events, columns }: Covered): Pick<Judged, 'tiles' | 'span'> {
  const courses = checks.flatMap(({ course }) => course ?? []).filter(({ from, to }) => to >= from);
  // What was learned from may be more rows than those that the events give.
  const over = checks.some(({ course }) => course !== undefined)
    ? checks.filter(({ course }) => course !== undefined)
    : checks;
  const amounts = (of: readonly CheckResult[], key: string): number[] =>
    of.map(({ compared }) => compared[key]).filter((amount) => typeof amount === 'number');
  const most = (key: string): string => count(Math.max(0, ...amounts(over, key)));
  const values = amounts(checks, 'values').reduce((sum, amount) => sum + amount, 0);
  const tiles: Tile[] = [
    [most('events'), events],
    [most('rows'), 'rows'],
    ...(columns === undefined ? [] : [[count(columns), 'features a row'] satisfies Tile]),
    [compact(values), 'values compared to the bit'],
  ];
  if (courses.length === 0) return { tiles };
  const from = Math.min(...courses.map((course) => course.from));
  const to = Math.max(...courses.map((course) => course.to));
  return { tiles, span: { from, to } };
}
