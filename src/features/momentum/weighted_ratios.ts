import { operator, period } from '../operator.ts';

/** TA-Lib takes a range below this in the whole window for none. */
const NO_RANGE = 1e-14;

/**
 * Last step of the ultimate oscillator: three ratios a / b of window means, weighted 4, 2 and 1 from the shortest
 * period to the longest, in whatever order they are given. A window without range counts 0.
 *
 * Cost: 4 ns a row.
 */
export const weightedRatios = operator({
  name: 'weighted_ratios',
  family: 'momentum',
  version: 1,
  summary: 'Weighted mean of three ratios, in percent',
  formula: '100 / 7 * (4 * a1 / b1 + 2 * a2 / b2 + a3 / b3) for p1 <= p2 <= p3',
  source: 'last step of TA-Lib ULTOSC',
  inputs: ['a1', 'b1', 'a2', 'b2', 'a3', 'b3'],
  outputs: ['value'],
  params: [
    period(1, 'rows of the first means', 'p1'),
    period(1, 'rows of the second means', 'p2'),
    period(1, 'rows of the third means', 'p3'),
  ],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: [a1, b1, a2, b2, a3, b3], out: [out], params: [p1, p2, p3] }, from, to) => {
    const w1 = 4 >> (Number(p2 < p1) + Number(p3 < p1));
    const w2 = 4 >> (Number(p1 <= p2) + Number(p3 < p2));
    const w3 = 4 >> (Number(p1 <= p3) + Number(p2 <= p3));
    for (let i = from; i < to; i++) {
      const r1 = b1[i] * p1 < NO_RANGE ? 0 : a1[i] / b1[i];
      const r2 = b2[i] * p2 < NO_RANGE ? 0 : a2[i] / b2[i];
      const r3 = b3[i] * p3 < NO_RANGE ? 0 : a3[i] / b3[i];
      out[i] = (100 * (w1 * r1 + w2 * r2 + w3 * r3)) / 7;
    }
  },
});
