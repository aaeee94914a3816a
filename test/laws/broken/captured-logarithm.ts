import { operator } from '../../../packages/core/src/features/contract/operator.ts';

const { log1p } = Math;

/** A logarithm of the engine's that its module took while it loaded. */
export const capturedLogarithm = operator({
  name: 'captured_logarithm',
  family: 'broken',
  version: 1,
  summary: 'A logarithm of the engine that its module took while it loaded',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = log1p(Math.abs(x[i]));
  },
});
