/** Labels: what `label` leaves, a row for each row of the data set. */
import { BARRIERS, type Labels } from 'minotaur-core/internal/labels/labels';
import { readColumns } from '../files/parquet/columns-source.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { LABELS_FORMAT, requireColumns, requireFacts, requireTimes, type LabelFacts } from './facts.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'entry_time', type: 'DOUBLE' },
  { name: 'entry_price', type: 'DOUBLE' },
  { name: 'label', type: 'DOUBLE' },
  { name: 'label_time', type: 'DOUBLE' },
  { name: 'barrier', type: 'VARCHAR' },
  { name: 'price', type: 'DOUBLE' },
  { name: 'return', type: 'DOUBLE' },
  { name: 'ambiguous', type: 'BOOLEAN' },
];
/** Those that are read again. */
const READ = ['time', 'label', 'label_time', 'entry_time', 'entry_price', 'return'] as const;

export interface LabelColumns {
  /** When the position of a row is entered, microseconds; NaN: not at all. */
  readonly entryTime: Float64Array;
  readonly entryPrice: Float64Array;
  /** NaN where there is none. */
  readonly label: Float64Array;
  /** When it became known, microseconds. */
  readonly labelTime: Float64Array;
  /** What the position gained by then, as a fraction of the entry price. */
  readonly gain: Float64Array;
}

/** Writes the labels of the rows at `time`. */
export function writeLabels(path: string, time: Float64Array, labels: Labels, facts: LabelFacts): void {
  const { entryTime, entryPrice, label, labelTime, barrier, price, return: gain, ambiguous } = labels;
  const table = createTableWriter(path, COLUMNS, { facts: { format: LABELS_FORMAT, ...facts } });
  try {
    const names = Array.from(barrier, (b) => BARRIERS[b]);
    table.appendColumns(time.length, [time, entryTime, entryPrice, label, labelTime, names, price, gain, ambiguous]);
    table.commit();
  } finally {
    table.abort();
  }
}

/** The labels of all rows; refused where they are of another schema, another definition or other rows. */
export async function readLabels(file: string, facts: LabelFacts, time: Float64Array): Promise<LabelColumns> {
  await requireFacts(file, facts);
  await requireColumns(file, READ, 'label');
  const found = await readColumns(file, READ);
  requireTimes(file, found.time, time);
  const { entry_time: entryTime, entry_price: entryPrice, label, label_time: labelTime, return: gain } = found;
  return { entryTime, entryPrice, label, labelTime, gain };
}
