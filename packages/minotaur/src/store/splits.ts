/** Splits: what `split` leaves, all rows of the data set for each fold, fold after fold. */
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import { SPLITS, type Fold } from 'minotaur-core/internal/splits/splits';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { readColumns, readFacts } from '../files/parquet/columns-source.ts';
import { readCodes } from '../files/parquet/row-blocks.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { LABELS_FORMAT, requireColumns, requireFacts, requireTimes, type LabelFacts } from './facts.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'split', type: 'VARCHAR' },
  { name: 'fold', type: 'BIGINT' },
];
/** Where the rows are of several instruments; the first column then. */
const SYMBOL: TableColumn = { name: 'symbol', type: 'VARCHAR' };

/** What the splits of a file were made of. */
export interface SplitFacts extends LabelFacts {
  /** Whose rows were divided, all at once. */
  readonly instruments: readonly Instrument[];
  /** How the rows were divided. */
  readonly split: SplitConfig;
  /** Rows that a prediction looks at. */
  readonly sequence: number;
}

/** Rows as a split knows them. */
export interface SplitTimes {
  /** Microseconds. */
  readonly time: Float64Array;
  /** The rows of each instrument. */
  readonly parts: readonly InstrumentPart[];
}

/** Writes all folds of rows. */
export function writeFolds(path: string, { time, parts }: SplitTimes, folds: readonly Fold[], facts: SplitFacts): void {
  const symbols =
    parts.length === 1 ? [] : [parts.flatMap(({ symbol, from, to }) => Array<string>(to - from).fill(symbol))];
  const columns = [...symbols.map(() => SYMBOL), ...COLUMNS];
  const table = createTableWriter(path, columns, { facts: { format: LABELS_FORMAT, ...facts } });
  try {
    folds.forEach(({ split: codes }, k) => {
      const names = Array.from(codes, (code) => SPLITS[code]);
      table.appendColumns(time.length, [...symbols, time, names, new Float64Array(time.length).fill(k)]);
    });
    table.commit();
  } finally {
    table.abort();
  }
}

/** The instruments whose rows were divided, in order. */
export async function splitInstruments(file: string, labels: LabelFacts): Promise<readonly Instrument[]> {
  return (await splitFacts(file, labels)).instruments;
}

async function splitFacts(file: string, labels: LabelFacts): Promise<SplitFacts> {
  return (await requireFacts(file, labels)) as LabelFacts as SplitFacts;
}

/** Split codes (indices into SPLITS) of all rows in one fold; refused where they are of another configuration or other rows. */
export async function readFold(
  file: string,
  fold: number,
  { split, sequence, ...labels }: SplitFacts,
  time: Float64Array,
): Promise<Int8Array> {
  const found = await splitFacts(file, labels);
  await requireColumns(
    file,
    COLUMNS.map(({ name }) => name),
    'split',
  );
  for (const [key, expected] of Object.entries({ split, sequence })) {
    const [wanted = 'nothing', has = 'nothing'] = [expected, found[key as 'split']].map(canonicalJson);
    if (wanted !== has) fail('state', `${file}, ${key}`, `${wanted}, as in the configuration`, has);
  }
  const [own, divided] = [labels, found].map(({ instruments }) => instruments.map(({ symbol }) => symbol).join(', '));
  if (labels.instruments.length !== found.instruments.length)
    fail('state', `${file}, instruments`, `rows of ${own} divided at once`, `those of ${divided}`);
  const { time: times, fold: folds } = await readColumns(file, ['time', 'fold']);
  const codes = await readCodes(file, 'split', SPLITS);
  const from = folds.indexOf(fold);
  if (from < 0) fail('input', 'fold', `a fold of ${file}, 0 to ${Math.max(...new Set(folds))}`, `${fold}`);
  const to = folds.lastIndexOf(fold) + 1;
  requireTimes(file, times.subarray(from, to), time);
  return codes.slice(from, to);
}

/** Split codes of all rows in every fold, whatever they were divided by; refused where they are of other rows. */
export async function readFolds(file: string, schemaId: string, time: Float64Array): Promise<Int8Array[]> {
  const found = (await readFacts(file)) as LabelFacts | undefined;
  await requireFacts(file, { ...(found as LabelFacts), schemaId });
  const { time: times } = await readColumns(file, ['time']);
  const codes = await readCodes(file, 'split', SPLITS);
  const folds = Math.max(1, Math.round(times.length / time.length));
  return Array.from({ length: folds }, (_, k) => {
    const [from, to] = [k * time.length, (k + 1) * time.length];
    requireTimes(file, times.subarray(from, to), time);
    return codes.subarray(from, to);
  });
}
