/** TA-Lib's choice of a moving average by number, shared by the operators that have it. */
import type { ParameterSpec } from '../contract/operator.ts';

/** TA-Lib's number of the average that takes no period. */
const MAMA = 7;

/** The parameter that chooses. */
export function averageType(name = 'matype'): ParameterSpec {
  return { name, min: 0, max: 8, integer: true, meaning: 'kind of average, 0 to 8, as in ma' };
}

/** Refuses a gap that is 0 whatever the values. */
export function checkGap(fastType: number, slowType: number): string | undefined {
  if (fastType !== MAMA || slowType !== MAMA) return undefined;
  return 'averages that differ: type 7 (mama) has no period, so a gap of two is always 0';
}
