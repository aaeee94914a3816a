import { fadingMemory, operator, period } from '../../contract/operator.ts';
import { BALANCE_SLOTS, balance } from '../../kernels/balance.ts';

/**
 * Wilder's relative strength index: the share of gains in all movement, both averaged with weight 1 / period and seeded
 * by the mean of the first `period` changes. 0 where nothing has moved
 * yet; while x stands still the index does too. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const rsi = operator({
  name: 'rsi',
  family: 'momentum',
  version: 3,
  summary: 'Relative strength index, 0 to 100',
  formula: '100 * gain / (gain + loss), averages: a[i] = a[i-1] * (1 - 1/period) + change / period',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib RSI',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the average')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => BALANCE_SLOTS,
  run: (io, from, to) => balance(io, from, to, 50, 50),
  instruction: { name: 'balance', numbers: ([n]) => [n, 1 / n, 50, 50] },
});
