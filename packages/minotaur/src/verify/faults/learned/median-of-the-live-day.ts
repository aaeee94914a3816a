import { learnedFault, plantLiveValues } from '../learned-fault.ts';

/** Live, missing values become the median of what came since midnight. */
export const medianOfTheLiveDay = learnedFault({
  name: 'median-of-the-live-day',
  imitates: 'fillna(today.median()) in the live loop',
  plant: plantLiveValues(({ inputs }) => {
    const seen = inputs.map((): number[] => []);
    return (row) =>
      row.forEach((value, k) => {
        if (value === value) seen[k].push(value);
        else row[k] = seen[k].toSorted((a, b) => a - b)[seen[k].length >> 1] ?? NaN;
      });
  }),
});
