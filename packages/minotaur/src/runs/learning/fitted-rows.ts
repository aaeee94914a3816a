/** Rows that an artefact was fitted for, as a model sees them. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';
import { outputWidth } from 'minotaur-core/internal/transform/column';
import { readArtefact } from '../../store/artefact.ts';
import { eachColumn, openPoolOf, type Pool, type RowsArgument } from '../../store/pool.ts';
import type { Course } from '../course/options.ts';

export interface FittedRows extends Pool {
  readonly artefact: Artefact;
}

/** Rows which must be those that the artefact was fitted for. */
export async function openFittedRows(rows: RowsArgument, artefactFile: string): Promise<FittedRows> {
  const artefact = readArtefact(artefactFile);
  return { ...(await openPoolOf(artefact, rows)), artefact };
}

/** How many features a model sees: for sequences of L rows, L times those of a row. */
export function featureCount({ artefact: { learned, sequence } }: FittedRows): number {
  return learned.reduce((sum, { spec }) => sum + outputWidth(spec), 0) * sequence.length;
}

/**
 * Calls `use` with each feature that a model sees at `ends`, float32 as at its door, once for each list of ends; the values are not
 * kept. Each column of the rows is read once. For sequences of L rows the features of the oldest row come first, each row's side by
 * side; `place` is where a feature stands among all.
 */
export async function eachFeature(
  rows: FittedRows,
  ends: readonly Int32Array[],
  use: (columns: readonly Float32Array[], place: number) => void,
  course: Course,
): Promise<void> {
  const { learned, sequence } = rows.artefact;
  const width = featureCount(rows) / sequence.length;
  const columns = ends.map((own) => new Float32Array(own.length));
  const names = learned.map(({ name }) => name);
  let at = 0;
  await eachColumn(rows, names, (_, values, k) => {
    for (const output of columnTransform(learned[k])(values)) {
      for (let l = 0; l < sequence.length; l++) {
        const back = sequence.length - 1 - l;
        for (const [split, column] of columns.entries()) {
          const own = ends[split];
          for (let i = 0; i < own.length; i++) column[i] = output[own[i] - back];
        }
        use(columns, l * width + at);
      }
      at++;
    }
    return course.add(1);
  });
}

/** The features that a model sees at `ends`, all at once, column by column. */
export async function featureColumns(rows: FittedRows, ends: Int32Array, course: Course): Promise<Float32Array[]> {
  const columns: Float32Array[] = [];
  await eachFeature(rows, [ends], ([column], place) => (columns[place] = column.slice()), course);
  return columns;
}
