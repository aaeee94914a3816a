/** TA-Lib's choice of a moving average by number, shared by the operators that have it. */
import { fadingMemory, type Memory, type ParameterSpec } from '../operator.ts';

/** TA-Lib's numbers of the averages that can be chosen. */
export const SIMPLE = 0;
const EXPONENTIAL = 1;

/** The parameter that chooses; TA-Lib knows nine averages. */
export function averageType(name = 'matype'): ParameterSpec {
  return { name, min: 0, max: 8, integer: true, meaning: 'kind of average: 0 simple, 1 exponential' };
}

/** Refuses averages that TA-Lib has and we have not. */
export function checkAverageTypes(...types: readonly number[]): string | undefined {
  if (types.every((type) => type === SIMPLE || type === EXPONENTIAL)) return undefined;
  return 'an average of type 0 (simple) or 1 (exponential)';
}

/** Memory of `moving_average(x, period, type, begin)`. */
export function averageMemory(n: number, type: number, begin = 1): Memory {
  if (type === SIMPLE || n === 1) return { class: 'finite', rows: n };
  return fadingMemory(2 / (n + 1), Math.max(n, begin));
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
