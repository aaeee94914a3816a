/** What a column owes to where the table starts: after how many rows a run from later on gives the same values. */
import type { DoneStart } from '../experiments/experiment.ts';
import { LEVELS } from '../experiments/measure.ts';
import type { Observations } from '../experiments/observe.ts';

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

/** The warm-up of a column; undefined where no start was tried. */
export function startOf({ whole, starts }: Observations, name: string): StartVerdict | undefined {
  if (starts.length === 0) return undefined;
  const settled = starts.map((start) => settledAfter(start, whole.rows, name));
  const [percent, millionth, billionth, bits] = LEVELS.map((_, k) =>
    settled.some((levels) => levels[k] === null) ? null : Math.max(...settled.map((levels) => levels[k] ?? 0)),
  );
  return { percent, millionth, billionth, bits };
}

function settledAfter({ from, last }: DoneStart, rows: number, name: string): (number | null)[] {
  return (last.get(name) ?? []).map((row) =>
    row - from + 1 > 0.5 * (rows - from) ? null : Math.max(0, row - from + 1),
  );
}
