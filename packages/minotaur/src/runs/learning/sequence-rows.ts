/** The rows that sequences are made of, as a network sees them: one float32 matrix, read once. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { transformOf } from 'minotaur-core/internal/live/predictor';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';
import { roomFor } from '../../learn/loop/memory.ts';
import type { Samples, TrainingData } from '../../learn/loop/sequences.ts';
import { readPoolFeatures } from '../../store/pool.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import type { FittedRows } from './fitted-rows.ts';
import type { LearningRows } from './trained-model.ts';

/** Sequences of training and validation. */
export interface SequenceRows extends TrainingData {
  /** Of the values of a row. */
  readonly columns: readonly string[];
}

/** Rows as a model sees them, by where they stand. */
export interface SequenceMatrix {
  /** Row after row, float32, in memory that threads share. */
  readonly values: Float32Array;
  readonly columns: readonly string[];
  /** Where each row of the files stands, -1: nowhere. */
  readonly place: Int32Array;
}

/**
 * Reads the rows of the sequences that end there, and no others, a few thousand at a time: beside the matrix there is never more than
 * a block.
 */
export async function readSequenceMatrix(
  rows: FittedRows,
  ends: readonly Int32Array[],
  run: RunOptions,
): Promise<SequenceMatrix> {
  const { columns } = transformOf(rows.artefact);
  const { place, count } = placesOf(ends, rows.artefact.sequence.length, rows.time.length);
  const what = `${count} rows of ${columns.length} columns`;
  const values = roomFor(what, () => new Float32Array(new SharedArrayBuffer(4 * count * columns.length)));
  await readInto(values, columns.length, place, rows, run);
  return { values, columns, place };
}

/** The sequence that ends at a place of the matrix, its rows one after the other. */
export function sequenceAt(
  { values, width, length }: Pick<TrainingData, 'values' | 'width' | 'length'>,
  place: number,
): Float32Array {
  const from = (place - length + 1) * width;
  return values.slice(from, from + length * width);
}

/** What training and validation are made of. */
export async function readSequenceRows(data: LearningRows, run: RunOptions): Promise<SequenceRows> {
  const { rows, ends, targets } = data;
  const { length } = rows.artefact.sequence;
  const { values, columns, place } = await readSequenceMatrix(rows, [ends.train, ends.validation], run);
  const width = columns.length;
  requireFiniteRows(values, columns, place, rows.time);
  const samplesOf = (own: Int32Array): Samples => {
    return {
      ends: own.map((end) => place[end]),
      times: Float64Array.from(own, (end) => rows.time[end]),
      labels: Float32Array.from(own, (end) => targets.label[end]),
    };
  };
  return {
    values,
    width,
    length,
    columns,
    train: { ...samplesOf(ends.train), weights: data.weights && Float32Array.from(data.weights) },
    validation: samplesOf(ends.validation),
  };
}

/** Where each row stands in the matrix, -1: nowhere. Rows of a sequence follow each other in both. */
function placesOf(
  ends: readonly Int32Array[],
  length: number,
  rows: number,
): { readonly place: Int32Array; readonly count: number } {
  const place = new Int32Array(rows).fill(-1);
  for (const own of ends) for (const end of own) place.fill(0, end - length + 1, end + 1);
  let count = 0;
  for (let row = 0; row < rows; row++) if (place[row] === 0) place[row] = count++;
  return { place, count };
}

/** Columns that are read side by side: the reader holds a page of each, and what it has given until that is collected. */
const SIDE_BY_SIDE = 96;

async function readInto(
  values: Float32Array,
  width: number,
  place: Int32Array,
  rows: FittedRows,
  run: RunOptions,
): Promise<void> {
  const { learned } = rows.artefact;
  const turns = Math.ceil(learned.length / SIDE_BY_SIDE);
  const course = createCourse(run, { step: 'read rows', unit: 'rows', total: turns * place.length });
  let from = 0;
  for (let turn = 0; turn < turns; turn++) {
    const own = learned.slice(turn * SIDE_BY_SIDE, (turn + 1) * SIDE_BY_SIDE);
    const transforms = own.map(columnTransform);
    const names = own.map(({ name }) => name);
    let row = 0;
    let at = from;
    for await (const { count, columns } of readPoolFeatures(rows, names)) {
      at = from;
      for (const [k, transform] of transforms.entries())
        for (const output of transform(columns[k]))
          copyInto(values, width, at++, output, place.subarray(row, row + count));
      row += count;
      await course.add(count);
    }
    from = at;
  }
}

/** Puts a column of a block where its rows stand in the matrix. */
function copyInto(matrix: Float32Array, width: number, at: number, column: Float64Array, place: Int32Array): void {
  for (let r = 0; r < place.length; r++) if (place[r] >= 0) matrix[place[r] * width + at] = column[r];
}

/** A network makes NaN of a value that is none, and the predictor refuses such a row: it is said before training. */
function requireFiniteRows(
  values: Float32Array,
  columns: readonly string[],
  place: Int32Array,
  time: Float64Array,
): void {
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue;
    const row = place.indexOf(Math.floor(at / columns.length));
    fail(
      'input',
      `train, row ${row + 1} of ${formatTime(time[row])}, column ${columns[at % columns.length]}`,
      'a finite float32: impute the column (transform.impute), clip it, or exclude it (selection.exclude)',
      `${values[at]}`,
    );
  }
}
