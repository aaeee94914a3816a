import { operator, type OperatorIO } from '../../../packages/core/src/features/contract/operator.ts';

/** The value before is kept in a closure, which every instance has in common. */
function change(): (io: OperatorIO, from: number, to: number) => void {
  let before = NaN;
  return ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = x[i] - before;
      before = x[i];
    }
  };
}

export const closureState = operator({
  name: 'closure_state',
  family: 'broken',
  version: 1,
  summary: 'Keeps the value before in a closure, which every instance has in common',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: change(),
});
