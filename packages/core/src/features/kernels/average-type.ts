/** TA-Lib's choice of a moving average by number, shared by the operators that have it. */
import type { ParameterSpec } from '../contract/operator.ts';

/** TA-Lib's numbers of the averages that take no period: mama, and the value itself. */
const WITHOUT_PERIOD: ReadonlySet<number> = new Set([7, 10]);

/** TA-Lib's number of whatever the function takes where none is given: every function here says what that is. */
const UNSAID = 11;

/** The parameter that chooses. */
export function averageType(name = 'matype'): ParameterSpec {
  return { name, min: 0, max: 13, integer: true, meaning: 'kind of average, 0 to 10, 12 or 13, as in ma' };
}

/** Refuses the number that names no average. */
export function checkTypes(...types: readonly number[]): string | undefined {
  if (!types.includes(UNSAID)) return undefined;
  return "kinds of average from 0 to 10, 12 or 13: 11 (a function's own) is none";
}

/** Refuses a gap that is 0 whatever the values. */
export function checkGap(fastType: number, slowType: number): string | undefined {
  if (fastType !== slowType || !WITHOUT_PERIOD.has(fastType)) return checkTypes(fastType, slowType);
  return 'averages that differ: types 7 (mama) and 10 (the value itself) have no period, so a gap of two is always 0';
}
