/** What the model of a fold says of the stretch behind its training, and what it would have gained there. */
import { join } from 'node:path';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import { rocAuc } from 'minotaur-core/internal/model/evaluation/metrics';
import { DEFAULT_THRESHOLD } from 'minotaur-core/internal/model/threshold';
import { takeTrades } from 'minotaur-core/internal/model/evaluation/trading';
import { inOrderOfTime, partsOf } from 'minotaur-core/internal/splits/parts';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { sequenceOf } from 'minotaur-core/internal/transform/sequence-section';
import { readColumns } from '../../files/parquet/columns-source.ts';
import { createTableWriter, type TableColumn } from '../../files/parquet/table-writer.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { wholeSequences } from '../../store/pool.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { openFittedRows } from '../learning/fitted-rows.ts';
import { readSequenceMatrix, sequenceAt } from '../learning/sequence-rows.ts';
import type { Development, TuningFiles } from './folds.ts';

/** The scored rows of a fold, in order of time over all instruments. */
export interface FoldScores {
  readonly rows: Int32Array;
  readonly label: Float64Array;
  readonly probability: Float64Array;
  /** What the trade that was entered at the row gained after costs; 0 where none was. */
  readonly gained: Float64Array;
  readonly rocAuc: number;
}

const TEST = SPLITS.indexOf('test');
/** Rows between two looks at whether the run goes on. */
const ROWS_A_BLOCK = 1024;

/** Through the port, row by row: the bits that live gives. */
export async function scoreFold(
  development: Development,
  {
    rows: directories,
    artefact,
    model,
    fold,
    costs,
    ...run
  }: Pick<TuningFiles, 'rows'> &
    RunOptions & {
      readonly artefact: string;
      readonly model: string;
      readonly fold: number;
      readonly costs: number;
    },
): Promise<FoldScores> {
  const fitted = await openFittedRows(directories, artefact);
  const rows = scoredRows(development, fold);
  const { values, columns, place } = await readSequenceMatrix(fitted, [rows], run);
  const matrix = { values, width: columns.length, length: fitted.artefact.sequence.length };
  const door = await openModelOf(fitted.artefact, model);
  const probability = new Float64Array(rows.length);
  try {
    const scoring = createCourse(run, { step: 'score', unit: 'rows', total: rows.length });
    for (let start = 0; start < rows.length; start += ROWS_A_BLOCK) {
      const end = Math.min(rows.length, start + ROWS_A_BLOCK);
      for (let i = start; i < end; i++) probability[i] = await door.predict(sequenceAt(matrix, place[rows[i]]));
      await scoring.add(end - start);
    }
  } finally {
    await door.close();
  }
  const { pool, targets } = development;
  const column = (whole: Float64Array): Float64Array => Float64Array.from(rows, (i) => whole[i]);
  const label = binaryLabels(column(targets.label));
  const gain = column(targets.gain);
  const positions = {
    time: column(pool.time),
    labelTime: column(targets.labelTime),
    instrument: partsOf(rows, pool.parts),
  };
  const threshold = fitted.artefact.decision?.threshold.value ?? DEFAULT_THRESHOLD;
  const called = Uint8Array.from(probability, (p) => Number(p >= threshold));
  const gained = new Float64Array(rows.length);
  for (const i of takeTrades(positions, called)) gained[i] = gain[i] - costs;
  return { rows, label, probability, gained, rocAuc: rocAuc(probability, label) };
}

/** Rows of the fold that a trial is scored by: the same for every trial. */
function scoredRows({ pool, config, folds, targets }: Development, fold: number): Int32Array {
  const { sequence } = config.config;
  const whole = wholeSequences(sequenceOf(sequence), pool);
  const codes = folds[fold];
  const { label } = targets;
  return inOrderOfTime(pool.time, pool.parts).filter(
    (i) => codes[i] === TEST && whole[i] === 1 && label[i] === label[i],
  );
}

/** Its name in the directory of a trial. */
const FILE = 'out-of-fold.parquet';
const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'fold', type: 'BIGINT' },
  { name: 'label', type: 'DOUBLE' },
  { name: 'probability', type: 'DOUBLE' },
  { name: 'return', type: 'DOUBLE' },
];

/** Writes what a trial said of all folds that it came to, fold after fold: means over its seeds. */
export function writeOutOfFold(
  directory: string,
  { pool: { time, parts } }: Development,
  folds: readonly (readonly FoldScores[])[],
): void {
  const several = parts.length > 1;
  const columns = several ? [{ name: 'symbol', type: 'VARCHAR' } as const, ...COLUMNS] : COLUMNS;
  const table = createTableWriter(join(directory, FILE), columns);
  try {
    folds.forEach((seeds, fold) => {
      const [{ rows, label }] = seeds;
      const symbols = Array.from(rows, (i) => parts.find(({ to }) => i < to)?.symbol ?? '');
      const mean = (of: (scores: FoldScores) => Float64Array): Float64Array =>
        Float64Array.from(rows, (_, i) => seeds.reduce((sum, one) => sum + of(one)[i], 0) / seeds.length);
      table.appendColumns(rows.length, [
        ...(several ? [symbols] : []),
        Float64Array.from(rows, (i) => time[i]),
        new Float64Array(rows.length).fill(fold),
        label,
        mean(({ probability }) => probability),
        mean(({ gained }) => gained),
      ]);
    });
    table.commit();
  } finally {
    table.abort();
  }
}

/** The returns of a trial over all folds, a period each: what rows of several instruments gain at one time is one return. */
export async function readReturns(directory: string): Promise<Float64Array> {
  const { time, return: gained } = await readColumns(join(directory, FILE), ['time', 'return']);
  const sums: number[] = [];
  gained.forEach((own, i) => {
    if (i > 0 && time[i] === time[i - 1]) sums[sums.length - 1] += own;
    else sums.push(own);
  });
  return Float64Array.from(sums);
}
