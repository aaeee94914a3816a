import { operator } from '../../contract/operator.ts';
import { VOLUME_INDEX_SLOTS, volumeIndex } from '../../kernels/volume-index.ts';

/**
 * Positive volume index: moves with the close in rows whose volume rose, from 1000 in the first row. It depends on where it starts: take
 * changes of it. A row with NaN is skipped.
 *
 * Cost: 6 ns a row.
 */
export const pvi = operator({
  name: 'pvi',
  family: 'volume',
  version: 1,
  summary: 'Positive volume index',
  formula: 'pvi[i] = pvi[i-1] * close[i] / close[i-1] where volume rose, else pvi[i-1]; first value: 1000',
  source: 'Dysart, Fosback: Stock Market Logic (1976); TA-Lib PVI',
  inputs: ['close', 'volume'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => VOLUME_INDEX_SLOTS,
  run: (io, from, to) => volumeIndex(io, from, to, 1),
});
