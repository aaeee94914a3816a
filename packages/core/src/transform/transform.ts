/** The fitted transform of rows: every learned column applied to its input column. */
import { fail } from '../base/errors.ts';
import { applyColumn, columnKernel, type LearnedColumn } from './column.ts';

/** Every learned column, applied row by row. */
export interface Transform {
  /** Names of the outputs, in order: the learned columns, each followed by its `_was_clipped` where it has one. */
  readonly columns: readonly string[];
  /**
   * Transforms the first `count` rows of `values`, row after row as wide as the inputs, to rows of `out` as wide as
   * `columns`. Learns nothing, keeps nothing, makes no objects; `out` must not share memory with `values`.
   */
  apply(values: Float64Array, count: number, out: Float64Array): void;
}

/**
 * The transform of `learned`, in their order, from rows with `inputColumns`; inputs that no learned column names are left out.
 * @throws where a learned column is not among the inputs, or two are of the same name
 */
export function createTransform(learned: readonly LearnedColumn[], inputColumns: readonly string[]): Transform {
  const places = new Map(inputColumns.map((name, place) => [name, place]));
  const columns: string[] = [];
  const steps = learned.map((column) => {
    const place = places.get(column.name);
    if (place === undefined)
      fail('state', 'transform', `a column ${column.name} among the inputs`, `${inputColumns.length} without it`);
    const outFrom = columns.push(column.name) - 1;
    const kernel = columnKernel(column);
    if (kernel.flagged) columns.push(`${column.name}_was_clipped`);
    return { kernel, place, outFrom };
  });
  const twice = columns.find((name, k) => columns.indexOf(name) !== k);
  if (twice !== undefined) fail('state', 'transform', 'each output column once', `${twice} twice`);
  const width = inputColumns.length;
  const outWidth = columns.length;
  return {
    columns,
    apply(values, count, out) {
      for (let k = 0; k < steps.length; k++) {
        const { kernel, place, outFrom } = steps[k];
        applyColumn(kernel, values, place, count * width, width, out, outFrom, outWidth);
      }
    },
  };
}
