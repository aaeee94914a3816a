/** Rows of a split that a model is asked of again and again: a bounded number, as it sees them. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { permuteBlocks } from 'minotaur-core/internal/model/evaluation/importance';
import { independenceOf, type Independence } from 'minotaur-core/internal/model/evaluation/independent';
import { blockLength } from 'minotaur-core/internal/model/evaluation/intervals';
import { rowOf, type Matrix } from 'minotaur-core/internal/model/matrix';
import type { Uniform } from 'minotaur-core/internal/base/random';
import { inOrderOfTime, partsOf } from 'minotaur-core/internal/splits/parts';
import { outputWidth } from 'minotaur-core/internal/transform/column';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { wholeSequences } from '../../store/pool.ts';
import { createCourse, type Course, type RunOptions } from '../course/options.ts';
import { featureColumns, type FittedRows } from './fitted-rows.ts';
import { readOwnTargets, rowsOfSplit, type TargetFiles } from './targets.ts';
import { describeOneClass } from './warnings.ts';

/** Float32 values of all rows together: 256 MiB. */
const MOST_VALUES = 67_108_864;

/** Rows, in order of time over all instruments. */
export interface AskedRows {
  /** Their indices among the rows of all instruments. */
  readonly ends: Int32Array;
  /** Rows of the split that there were to choose from. */
  readonly of: number;
  /** 1 or 0; both. */
  readonly labels: Float64Array;
  /** Index of the instrument of each. */
  readonly instrument: Uint16Array;
  readonly independent: Independence;
  /** Rows that two independent labels span. */
  readonly block: number;
}

/** The labelled rows of a split with a whole sequence, at most so many, evenly spaced. */
export async function askRows(
  rows: FittedRows,
  files: TargetFiles,
  { on, most }: { readonly on: 'validation' | 'test'; readonly most: number },
): Promise<AskedRows> {
  const { artefact, parts, time } = rows;
  const targets = await readOwnTargets(artefact, rows, files);
  const own = new Set(rowsOfSplit(targets, on, wholeSequences(artefact.sequence, rows)));
  const all = inOrderOfTime(time, parts).filter((row) => own.has(row));
  const room = Math.floor(MOST_VALUES / (widthOf(artefact) * artefact.sequence.length));
  const count = Math.min(all.length, most, Math.max(1, room));
  const ends = Int32Array.from({ length: count }, (_, k) => all[Math.floor((k * all.length) / count)]);
  const labels = Float64Array.from(ends, (end) => targets.label[end]);
  if (!labels.includes(0) || !labels.includes(1))
    fail('input', files.splits, `${on} rows with labels of both classes`, describeOneClass(on, labels));
  const lives = {
    time: Float64Array.from(ends, (end) => time[end]),
    labelTime: Float64Array.from(ends, (end) => targets.labelTime[end]),
  };
  const independent = independenceOf(lives);
  const instrument = partsOf(ends, parts);
  return { ends, of: all.length, labels, instrument, independent, block: blockLength(count, independent.labels) };
}

/** Features that a model sees, each row of a sequence. */
const widthOf = ({ learned }: Artefact): number => learned.reduce((sum, { spec }) => sum + outputWidth(spec), 0);

/** The places in the model's input of each learned column: all that it is turned into, in every row of the sequence. */
export function placesOf(artefact: Artefact): number[][] {
  const width = widthOf(artefact);
  let at = 0;
  return artefact.learned.map(({ spec }) => {
    const own = Array.from({ length: outputWidth(spec) }, () => at++);
    return Array.from({ length: artefact.sequence.length }, (_, l) => own.map((place) => l * width + place)).flat();
  });
}

/** The row whose values each row gets where they change places: of its own instrument. */
export function changePlaces({ instrument, block }: AskedRows, random: Uniform): Uint32Array {
  const from = new Uint32Array(instrument.length);
  for (const k of new Set(instrument)) {
    const own = Array.from(instrument.keys()).filter((row) => instrument[row] === k);
    const length = Math.max(1, Math.ceil((block * own.length) / instrument.length));
    permuteBlocks(own.length, length, random).forEach((other, i) => (from[own[i]] = own[other]));
  }
  return from;
}

/** Values that are taken from other rows. */
interface Changed {
  /** In the model's input. */
  readonly places: readonly number[];
  /** The row whose values each row gets. */
  readonly from: Uint32Array;
}

/** A model that is asked of the rows. */
export interface Asked {
  /** Its probability of label 1 of every row, row by row through the port; before calibration, which may make one of many. */
  say(changed: Changed | undefined, course: Course): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Opens the model of rows that are opened for its artefact. */
export async function openAsked(rows: FittedRows, model: string, asked: AskedRows, run: RunOptions): Promise<Asked> {
  const { artefact } = rows;
  const step = { step: `read ${asked.ends.length} rows`, unit: 'columns', total: artefact.learned.length };
  const columns = await featureColumns(rows, asked.ends, createCourse(run, step));
  const x: Matrix = { rows: asked.ends.length, width: columns.length, columns };
  const opened = await openModelOf(artefact, model);
  return {
    close: () => opened.close(),
    async say(changed, course) {
      const said = new Float64Array(x.rows);
      for (let row = 0; row < x.rows; row++) {
        const input = rowOf(x, row);
        if (changed !== undefined) {
          const other = changed.from[row];
          for (const place of changed.places) input[place] = columns[place][other];
        }
        said[row] = await opened.predict(input);
      }
      await course.add(x.rows);
      return said;
    },
  };
}
