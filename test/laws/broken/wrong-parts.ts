import { composite, period } from '../../../packages/core/src/features/contract/operator.ts';

/** Made of an average over one row more than it declares. */
export const wrongParts = composite({
  name: 'wrong_parts',
  family: 'broken',
  version: 1,
  summary: 'Made of an average over one row more than it declares',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ([n]) => [`sma(x, ${n + 1})`],
});
