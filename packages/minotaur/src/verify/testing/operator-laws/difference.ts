import { sameBits } from 'minotaur-core/internal/base/canonical';
import type { Subject } from '../drive.ts';
import { valuesAt, type Law, type Wrong } from '../law.ts';
import type { Sample } from '../samples.ts';

export type OperatorLaw = Law<Subject, Sample>;

/** Rows that show the operator with its lookback filled for a while. */
export function rowsFor({ op, params }: Pick<Subject, 'op' | 'params'>): number {
  return 2 * op.lookback(params) + 90;
}

/** The first of rows [from, to) where two runs differ. */
export function difference(
  { op }: Subject,
  when: string,
  expected: readonly Float64Array[],
  found: readonly Float64Array[],
  [from, to]: readonly [number, number],
): Wrong | undefined {
  for (let row = from; row < to; row++) {
    for (let k = 0; k < expected.length; k++) {
      if (!sameBits(expected[k][row], found[k][row])) {
        return valuesAt(when, op.outputs[k], row, expected[k][row], found[k][row]);
      }
    }
  }
  return undefined;
}
