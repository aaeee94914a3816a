/** What a column makes of one bar without values, and of bars that are not there. */
import type { Done } from '../experiments/experiment.ts';
import type { Observations } from '../experiments/observe.ts';
import type { Stretch } from '../experiments/plan.ts';
import { lastDifferences } from './start.ts';

/** What a column makes of a hole. */
export interface HoleVerdict {
  /** Rows after which values are those of the whole table again, to a millionth of the range; null: not before the end. */
  readonly rows: number | null;
  /** Whether it has no value any more at the end of the table. */
  readonly isPoisoned: boolean;
}

/** The share of rows at the end by which it is told that nothing comes back. */
const END = 0.05;

/** What a hole does to a column; undefined where there was no such run. */
export function holeOf(
  { reference, ranges, whole }: Observations,
  hole: Done<Stretch> | undefined,
  name: string,
): HoleVerdict | undefined {
  if (hole === undefined) return undefined;
  const { experiment, found } = hole;
  const from = experiment.to;
  const [, last] = lastDifferences(found, { reference, name, range: ranges.get(name) ?? 1, from });
  const rows = last - from + 1;
  const [a, b] = [reference.columns.get(name) as Float64Array, found.answer.columns.get(name)];
  const end = whole.rows - END * whole.rows;
  let [had, has] = [0, 0];
  reference.known.forEach((row, r) => {
    if (row < end || found.matched.at[r] < 0) return;
    if (a[r] === a[r]) had++;
    const value = b?.[found.matched.at[r]] ?? NaN;
    if (value === value) has++;
  });
  return { rows: last >= end ? null : Math.max(0, rows), isPoisoned: had > 0 && has === 0 };
}
