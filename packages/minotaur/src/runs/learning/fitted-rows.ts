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

/**
 * The features that a model sees at `ends`, column by column, float32 as at its door: for sequences of L rows, the columns of
 * the oldest row first, each row's features side by side.
 */
export async function featureColumns(rows: FittedRows, ends: Int32Array, course: Course): Promise<Float32Array[]> {
  const { learned, sequence } = rows.artefact;
  const width = learned.reduce((sum, { spec }) => sum + outputWidth(spec), 0);
  const columns: Float32Array[] = Array.from({ length: width * sequence.length }, () => new Float32Array(ends.length));
  const names = learned.map(({ name }) => name);
  let at = 0;
  await eachColumn(rows, names, (_, values, k) => {
    for (const output of columnTransform(learned[k])(values)) {
      for (let l = 0; l < sequence.length; l++) {
        const column = columns[l * width + at];
        const back = sequence.length - 1 - l;
        for (let i = 0; i < ends.length; i++) column[i] = output[ends[i] - back];
      }
      at++;
    }
    return course.add(1);
  });
  return columns;
}
