import { learnedFault, plantLiveValues } from '../learned-fault.ts';

/** Live, the centre of each column follows the market. */
export const scalerLearnsLive = learnedFault({
  name: 'scaler-learns-live',
  imitates: 'partial_fit on live rows',
  plant: plantLiveValues(({ inputs }) => {
    const drift = new Float64Array(inputs.length);
    let previous: Float64Array | undefined;
    return (row) => {
      const own = row.slice();
      row.forEach((value, k) => {
        const step = previous === undefined ? 0 : value - previous[k];
        if (Number.isFinite(step)) drift[k] += 0.01 * step;
        row[k] = value - drift[k];
      });
      previous = own;
    };
  }),
});
