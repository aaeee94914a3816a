/** What a column makes of one bar without values, and of bars that are not there. */
import type { DoneHole } from '../experiments/experiment.ts';

/** What a column makes of a hole. */
export interface HoleVerdict {
  /** Rows after which values are those of the whole table again, to a millionth of the range; null: not before the end. */
  readonly rows: number | null;
  /** Whether it has no value any more at the end of the table. */
  readonly isPoisoned: boolean;
}

/** What a hole does to a column; undefined where there was no such run. */
export function holeOf(hole: DoneHole | undefined, name: string): HoleVerdict | undefined {
  const found = hole?.columns.get(name);
  if (hole === undefined || found === undefined) return undefined;
  const { last, isEmptied } = found;
  return { rows: last === Infinity ? null : Math.max(0, last - hole.to + 1), isPoisoned: isEmptied };
}
