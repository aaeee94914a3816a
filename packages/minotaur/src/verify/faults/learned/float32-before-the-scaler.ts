import { learnedFault, plantLiveValues } from '../learned-fault.ts';

/** Live, rows are float32 before they are scaled. */
export const float32BeforeTheScaler = learnedFault({
  name: 'float32-before-the-scaler',
  imitates: 'np.array(row, dtype=np.float32) in the serving code',
  plant: plantLiveValues(() => (row) => row.forEach((value, k) => (row[k] = Math.fround(value)))),
});
