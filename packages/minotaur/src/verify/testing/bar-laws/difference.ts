import { sameBits } from 'minotaur-core/internal/base/canonical';
import { COLUMNS, type Bar, type BarSubject } from '../bar-subject.ts';
import { valuesAt, wrong, type Law, type Wrong } from '../law.ts';
import type { TradeSample } from '../trades.ts';

export type BarLaw = Law<BarSubject, TradeSample>;

/** The first column in which two lists of bars differ; `found` may have more where only `expected` is known. */
export function barDifference(
  when: string,
  expected: readonly Bar[],
  found: readonly Bar[],
  columns: readonly string[] = COLUMNS,
): Wrong | undefined {
  const rows = Math.min(expected.length, found.length);
  for (let row = 0; row < rows; row++) {
    for (const column of columns) {
      const c = COLUMNS.indexOf(column);
      if (!sameBits(expected[row][c], found[row][c]))
        return valuesAt(when, column, row, expected[row][c], found[row][c]);
    }
  }
  if (expected.length === found.length) return undefined;
  return wrong(when, `${expected.length} bars`, `${found.length}`, { row: rows });
}
