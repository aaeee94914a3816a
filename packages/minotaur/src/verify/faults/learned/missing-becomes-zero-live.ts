import { learnedFault, plantLiveValues } from '../learned-fault.ts';

/** Live, a missing value is 0 before the transform. */
export const missingBecomesZeroLive = learnedFault({
  name: 'missing-becomes-zero-live',
  imitates: 'row.get(name, 0.0)',
  plant: plantLiveValues(() => (row) => row.forEach((value, k) => (row[k] = value === value ? value : 0))),
});
