/** The transform of one column, all its rows at once: for data sets, which are read column by column. */
import { applyColumn, columnKernel, type LearnedColumn } from './column.ts';

/** The output columns of {@link columnTransform}: the value, and behind it whether it was clipped where that is asked for. */
export type ColumnOutputs = readonly [values: Float64Array, ...wasClipped: Float64Array[]];

/** What `learned` makes of values of its column, in arrays of their own; the values are not changed. */
export function columnTransform(learned: LearnedColumn): (values: Float64Array) => ColumnOutputs {
  const kernel = columnKernel(learned);
  return (values) => {
    const { length } = values;
    const out = new Float64Array(kernel.flagged ? 2 * length : length);
    if (!kernel.flagged) {
      applyColumn(kernel, values, 0, length, 1, out, 0, 1);
      return [out];
    }
    applyColumn(kernel, values, 0, length, 1, out, 0, 2);
    return [everyOther(out, 0), everyOther(out, 1)];
  };
}

function everyOther(values: Float64Array, from: number): Float64Array {
  const found = new Float64Array(values.length / 2);
  for (let i = 0; i < found.length; i++) found[i] = values[2 * i + from];
  return found;
}
