import { fadingMemory, operator, period } from '../../contract/operator.ts';
import { BALANCE_SLOTS, balance } from '../../kernels/balance.ts';

/**
 * Chande momentum oscillator: gains less losses as a share of all movement, averaged as `rsi` does it (Chande took plain
 * sums; TA-Lib does not). 0 where nothing has moved yet; while x stands still the index
 * does too. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const cmo = operator({
  name: 'cmo',
  family: 'momentum',
  version: 3,
  summary: 'Chande momentum oscillator, -100 to 100',
  formula: '100 * (gain - loss) / (gain + loss), averages: a[i] = a[i-1] * (1 - 1/period) + change / period',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib CMO',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the average')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => BALANCE_SLOTS,
  run: (io, from, to) => balance(io, from, to, 0, 100),
  instruction: { name: 'balance', numbers: ([n]) => [n, 1 / n, 0, 100] },
});
