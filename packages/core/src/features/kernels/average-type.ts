/** TA-Lib's choice of a moving average by number, shared by the operators that have it. */
import { ma } from '../operators/overlap/ma.ts';
import type { Memory, ParameterSpec } from '../contract/operator.ts';

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

/** Leading rows without a value of averages one upon the other, each a period and a type. */
export function averagesLookback(...averages: readonly (readonly [number, number])[]): number {
  return averages.reduce((rows, average) => rows + ma.lookback(average), 0);
}

/** Memory of an operator over two inputs of the memories given, all of its rows current. */
export function longerMemory(a: Memory, b: Memory): Memory {
  if (a.class === 'unbounded' || b.class === 'unbounded') return { class: 'unbounded' };
  const rows = Math.max(a.rows, b.rows);
  return a.class === 'finite' && b.class === 'finite'
    ? { class: 'finite', rows }
    : { class: 'fading', rows, tolerance: 1e-9 };
}

/** Memory of averages one upon the other. */
export function chainedMemory(...stages: readonly Memory[]): Memory {
  let rows = 1;
  let finite = true;
  for (const stage of stages) {
    if (stage.class === 'unbounded') return stage;
    rows += stage.rows - 1;
    finite &&= stage.class === 'finite';
  }
  return finite ? { class: 'finite', rows } : { class: 'fading', rows, tolerance: 1e-9 };
}
