/** Splits: what `split` leaves, all rows of the data set for each fold, fold after fold. */
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import { SPLITS, type Fold } from 'minotaur-core/internal/splits/splits';
import { readColumns } from '../files/parquet/columns-source.ts';
import { readCodes } from '../files/parquet/row-blocks.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { LABELS_FORMAT, requireColumns, requireFacts, requireTimes, type LabelFacts } from './facts.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'split', type: 'VARCHAR' },
  { name: 'fold', type: 'BIGINT' },
];

/** What the splits of a file were made of. */
export interface SplitFacts extends LabelFacts {
  /** How the rows were divided. */
  readonly split: SplitConfig;
  /** Rows that a prediction looks at. */
  readonly sequence: number;
}

/** Writes all folds of the rows at `time`. */
export function writeFolds(path: string, time: Float64Array, folds: readonly Fold[], facts: SplitFacts): void {
  const table = createTableWriter(path, COLUMNS, { facts: { format: LABELS_FORMAT, ...facts } });
  try {
    folds.forEach(({ split: codes }, k) => {
      const names = Array.from(codes, (code) => SPLITS[code]);
      table.appendColumns(time.length, [time, names, new Float64Array(time.length).fill(k)]);
    });
    table.commit();
  } finally {
    table.abort();
  }
}

/** Split codes (indices into SPLITS) of all rows in one fold; refused where they are of another configuration or other rows. */
export async function readFold(
  file: string,
  fold: number,
  { split, sequence, ...labels }: SplitFacts,
  time: Float64Array,
): Promise<Int8Array> {
  const found = await requireFacts(file, labels);
  await requireColumns(
    file,
    COLUMNS.map(({ name }) => name),
    'split',
  );
  for (const [key, expected] of Object.entries({ split, sequence })) {
    const [wanted = 'nothing', has = 'nothing'] = [expected, found[key]].map(canonicalJson);
    if (wanted !== has) fail('state', `${file}, ${key}`, `${wanted}, as in the configuration`, has);
  }
  const { time: times, fold: folds } = await readColumns(file, ['time', 'fold']);
  const codes = await readCodes(file, 'split', SPLITS);
  const from = folds.indexOf(fold);
  if (from < 0) fail('input', 'fold', `a fold of ${file}, 0 to ${Math.max(...new Set(folds))}`, `${fold}`);
  const to = folds.lastIndexOf(fold) + 1;
  requireTimes(file, times.subarray(from, to), time);
  return codes.slice(from, to);
}
