import type { OperatorIO } from 'minotaur-core/internal/features/contract/operator';
import { fault, plantOperator } from '../fault.ts';

/** The value before, in a closure that every instance has in common. */
function change(): (io: OperatorIO, from: number, to: number) => void {
  let before = NaN;
  return ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = x[i] - before;
      before = x[i];
    }
  };
}

/** State is kept in a closure instead of the slots: the second symbol finds that of the first. */
export const closureState = fault({
  name: 'closure-state',
  imitates: 'a generator or closure that remembers, made once for all symbols',
  plant: plantOperator({ lookback: () => 1, memory: () => ({ class: 'finite', rows: 2 }), run: change() }),
});
