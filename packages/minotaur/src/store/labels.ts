/** Labels: what `label` leaves, a row for each row of the data set. */
import { BARRIERS, type Labels } from 'minotaur-core/internal/labels/labels';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { readColumns, readFacts } from '../files/parquet/columns-source.ts';
import { readCodes } from '../files/parquet/row-blocks.ts';
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

/** Everything that was written of the labels of all rows. */
export interface LabelOutcomes extends Pick<LabelColumns, 'labelTime'> {
  /** What the rows were labelled with. */
  readonly definition: LabelConfig;
  /** Index into BARRIERS of what was reached. */
  readonly barrier: Int8Array;
  /** The price that decided; NaN where there is no label. */
  readonly price: Float64Array;
  /** What the position gained until then, as a fraction of the entry price. */
  readonly gain: Float64Array;
}

/** What became of the rows of a chain at `time`, whatever they were labelled with; refused where the labels are of others. */
export async function readLabelOutcomes(file: string, schemaId: string, time: Float64Array): Promise<LabelOutcomes> {
  const found = (await readFacts(file)) as LabelFacts | undefined;
  const { label: definition } = await requireFacts(file, { ...(found as LabelFacts), schemaId });
  const { time: times, ...columns } = await readColumns(file, [...READ, 'price', 'return']);
  requireTimes(file, times, time);
  return {
    definition,
    labelTime: columns['label_time'],
    barrier: await readCodes(file, 'barrier', BARRIERS),
    price: columns['price'],
    gain: columns['return'],
  };
}
