/** Rows that an artefact was fitted for, and what they are to be predicted as: what a model is trained and judged by. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { requireTrainingRows } from 'minotaur-core/internal/artefact/training-rows';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';
import { outputWidth } from 'minotaur-core/internal/transform/column';
import { readArtefact } from '../../store/artefact.ts';
import { readLabels } from '../../store/labels.ts';
import { eachColumn, openRowsOf, readRowTimes, type RowsDirectory, type RowTimes } from '../../store/rows.ts';
import { readFold } from '../../store/splits.ts';
import type { Course } from '../course/options.ts';

export interface FittedRows extends RowsDirectory, RowTimes {
  readonly artefact: Artefact;
}

/** Rows in `directory`, which must be those that the artefact was fitted for. */
export async function openFittedRows(directory: string, artefactFile: string): Promise<FittedRows> {
  const artefact = readArtefact(artefactFile);
  const rows = openRowsOf(artefact, directory);
  return { ...rows, ...(await readRowTimes(rows)), artefact };
}

export interface TargetFiles {
  readonly labels: string;
  readonly splits: string;
  readonly fold?: number | undefined;
}

export interface Targets {
  /** 1 or 0; NaN: none. */
  readonly label: Float64Array;
  /** When it became known, microseconds. */
  readonly labelTime: Float64Array;
  /** Split code of each row. */
  readonly codes: Int8Array;
}

/** Labels and one fold of the splits of the rows at `time`, as the artefact was made for them. */
export async function readTargets(
  { schemaId, label: definition, instruments, split, sequence }: Artefact,
  time: Float64Array,
  { labels, splits, fold = 0 }: TargetFiles,
): Promise<Targets> {
  const facts = { schemaId, label: definition, instruments };
  const { label, labelTime } = await readLabels(labels, facts, time);
  const codes = await readFold(splits, fold, { ...facts, split, sequence: sequence.length }, time);
  return { label: binaryLabels(label), labelTime, codes };
}

/** The same, refused where the fold trains on other rows than the artefact was fitted on. */
export async function readOwnTargets(artefact: Artefact, time: Float64Array, files: TargetFiles): Promise<Targets> {
  const targets = await readTargets(artefact, time, files);
  requireTrainingRows(artefact, targets.codes, time, `${files.splits}, fold ${files.fold ?? 0}`);
  return targets;
}

/** The rows of a split that have a label and a whole sequence. */
export function rowsOfSplit({ label, codes }: Targets, name: (typeof SPLITS)[number], whole: Uint8Array): Int32Array {
  const code = SPLITS.indexOf(name);
  return Int32Array.from(codes.keys()).filter((i) => codes[i] === code && whole[i] === 1 && label[i] === label[i]);
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
