import { fault, plantWrap } from '../fault.ts';
import { changeRows } from '../wrap.ts';

/** Rows go through float32 on their way to the training file. */
export const float32Rows = fault({
  name: 'float32-rows',
  imitates: 'a DataFrame of dtype float32',
  plant: plantWrap(
    'historical',
    changeRows(({ values }) => values.set(Float32Array.from(values))),
  ),
});
