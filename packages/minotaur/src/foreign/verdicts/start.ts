/** What a column owes to where the table starts: after how many rows a run from later on gives the same values. */
import { distance } from '../experiments/compare.ts';
import type { Observations } from '../experiments/observe.ts';
import type { Stretch } from '../experiments/plan.ts';
import type { Done } from '../experiments/experiment.ts';

/** Rows after which a later start no longer shows by more than a share of the column's range; null: not within half of the table. */
export interface StartVerdict {
  /** By more than 1 % of the range. */
  readonly percent: number | null;
  /** By more than a millionth. */
  readonly millionth: number | null;
  /** By more than a thousand-millionth. */
  readonly billionth: number | null;
  /** By any bit. */
  readonly bits: number | null;
}

const LEVELS = [1e-2, 1e-6, 1e-9, 0] as const;

/** The warm-up of a column; undefined where no start was tried. */
export function startOf({ whole, reference, ranges, starts }: Observations, name: string): StartVerdict | undefined {
  if (starts.length === 0) return undefined;
  const settled = starts.map((start) =>
    settledAfter(start, { reference, name, range: ranges.get(name) ?? 1, rows: whole.rows }),
  );
  const [percent, millionth, billionth, bits] = LEVELS.map((_, k) =>
    settled.some((levels) => levels[k] === null) ? null : Math.max(...settled.map((levels) => levels[k] ?? 0)),
  );
  return { percent, millionth, billionth, bits };
}

interface Settling {
  readonly reference: Observations['reference'];
  readonly name: string;
  readonly range: number;
  readonly rows: number;
}

function settledAfter(
  { experiment, found }: Done<Stretch>,
  { reference, name, range, rows }: Settling,
): (number | null)[] {
  const last = lastDifferences(found, { reference, name, range, from: experiment.from });
  return last.map((row) =>
    row - experiment.from + 1 > 0.5 * (rows - experiment.from) ? null : Math.max(0, row - experiment.from + 1),
  );
}

interface Comparing {
  readonly reference: Observations['reference'];
  readonly name: string;
  readonly range: number;
  readonly from: number;
}

/** For each level the last row from `from` on that differs by more; `from - 1` where none does. */
export function lastDifferences(
  { answer, matched }: Done<Stretch>['found'],
  { reference, name, range, from }: Comparing,
): number[] {
  const [a, b] = [reference.columns.get(name) as Float64Array, answer.columns.get(name)];
  const last = LEVELS.map(() => from - 1);
  reference.known.forEach((row, r) => {
    if (row < from || matched.at[r] < 0) return;
    const away = b === undefined ? Infinity : distance(a[r], b[matched.at[r]], range);
    LEVELS.forEach((level, k) => {
      if (away > level && row > last[k]) last[k] = row;
    });
  });
  return last;
}
