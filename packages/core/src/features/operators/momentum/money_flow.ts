import { operator } from '../../contract/operator.ts';

/** A change below this share of both prices is that of their rounding: each is a sum of three divided by three. */
const NO_CHANGE = 5e-16;

/**
 * Traded value of a row, as inflow where the price rose and as outflow where it fell; neither where it stayed, rounding
 * apart.
 *
 * Cost: 2 ns a row.
 */
export const moneyFlow = operator({
  name: 'money_flow',
  family: 'momentum',
  version: 2,
  summary: 'Traded value of rising and of falling rows',
  formula: 'inflow = price * volume where price rose, else 0; outflow where it fell',
  source: 'first step of TA-Lib MFI',
  inputs: ['price', 'volume'],
  outputs: ['inflow', 'outflow'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: price, 1: volume }, out: { 0: inflow, 1: outflow } }, from, to) => {
    for (let i = from; i < to; i++) {
      const flow = price[i] * volume[i];
      const change = price[i] - price[i - 1];
      // 0, or NaN if there is one in what was read.
      const none = (flow + change) * 0;
      const least = NO_CHANGE * (Math.abs(price[i]) + Math.abs(price[i - 1]));
      inflow[i] = change > least ? flow : none;
      outflow[i] = change < -least ? flow : none;
    }
  },
  instruction: { name: 'money_flow' },
});
