import { operator, period } from '../operator.ts';

/** TA-Lib takes a traded value below this in the whole window for none. */
const NO_FLOW = 1;

/**
 * Inflow as a share of all flow, from the means of both over the same `period` rows; 0 where the whole window's flow is
 * below 1, which for very cheap instruments is always so (TA-Lib's rule).
 *
 * Cost: 2 ns a row.
 */
export const flowRatio = operator({
  name: 'flow_ratio',
  family: 'momentum',
  version: 1,
  summary: 'Share of inflow in all flow, in percent',
  formula: '100 * inflow / (inflow + outflow), 0 where (inflow + outflow) * period < 1',
  source: 'last step of TA-Lib MFI',
  inputs: ['inflow', 'outflow'],
  outputs: ['value'],
  params: [period(1, 'rows that were averaged')],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: [inflow, outflow], out: [out], params: [n] }, from, to) => {
    for (let i = from; i < to; i++) {
      const total = inflow[i] + outflow[i];
      out[i] = total * n < NO_FLOW ? 0 : 100 * (inflow[i] / total);
    }
  },
});
