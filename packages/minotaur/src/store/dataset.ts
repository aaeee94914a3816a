/**
 * The exported data set: rows, labels and a split as other tools read them. `table.parquet` has the rows as build wrote them,
 * `values.npy` the matrix that a model is given, the other arrays one value a row or window.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import type { SequenceConfig } from 'minotaur-core/internal/transform/sequence-section';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { MANIFEST, openOutputDirectory, sha256OfFile, type OutputDirectory } from '../files/atomic.ts';
import { createNpyWriter, FLOAT32, FLOAT64, INT64, INT8, type NpyType, type NpyWriter } from '../files/npy.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import type { LabelFacts } from './facts.ts';
import { writeManifest } from './manifest.ts';
import { rowsPath } from './rows.ts';

/** `manifest.json` of an exported data set. */
export interface DatasetManifest extends LabelFacts {
  /** Of this directory's layout. */
  readonly format: 1;
  /** Version of Minotaur that exported it. */
  readonly engineVersion: string;
  /** The fitted artefact that the matrix went through; empty: it is as build wrote the rows. */
  readonly artefactDigest: string;
  /** Digest of the rows, as in the manifest of build; of several instruments the SHA-256 of theirs, one after the other. */
  readonly rowsDigest: string;
  /** Of several instruments: which rows, from (inclusive) to (exclusive), are of each. */
  readonly symbols?: Readonly<Record<string, DatasetInstrument>>;
  /** Of the matrix, in order. */
  readonly columns: readonly string[];
  /** What a window is. */
  readonly sequence: SequenceConfig;
  /** How the rows were divided. */
  readonly split: SplitConfig;
  /** Which fold of it. */
  readonly fold: number;
  /** What the numbers in split.npy mean. */
  readonly splitCodes: Readonly<Record<string, number>>;
  /** By name. */
  readonly files: Readonly<Record<string, DatasetFile>>;
}

/** The rows of one instrument of an exported data set. */
export interface DatasetInstrument {
  /** Index of its first row. */
  readonly from: number;
  /** Index behind its last row. */
  readonly to: number;
  /** As in the manifest of build. */
  readonly rowsDigest: string;
}

/** A file of an exported data set. */
export interface DatasetFile {
  /** NumPy's name of the type of its values; absent for the table. */
  readonly dtype?: string;
  /** Rows, and columns where it has any. */
  readonly shape: readonly number[];
  /** Its size. */
  readonly bytes: number;
  /** Of its content, in hexadecimal. */
  readonly sha256: string;
}

/** One value a row, and the windows. */
export interface DatasetRows {
  readonly time: Float64Array;
  /** The rows of each instrument. */
  readonly parts: readonly InstrumentPart[];
  readonly label: Float64Array;
  readonly labelTime: Float64Array;
  /** Split codes of the fold. */
  readonly split: Int8Array;
  readonly fold: number;
  /** Index of the last row of each whole window. */
  readonly ends: Float64Array;
}

export interface DatasetParts {
  readonly facts: LabelFacts;
  readonly rows: DatasetRows;
  /** Columns of the rows as build wrote them. */
  readonly features: readonly string[];
  /** Columns of the matrix. */
  readonly columns: readonly string[];
}

export interface DatasetWriter {
  /** The next `count` rows, as build wrote them and as the matrix has them, column by column. */
  add(count: number, features: readonly Float64Array[], matrix: readonly Float64Array[]): void;
  /** Completes the files and puts them in place of the previous ones. */
  finish(
    made: Pick<DatasetManifest, 'artefactDigest' | 'rowsDigest' | 'symbols' | 'sequence' | 'split'>,
  ): Promise<DatasetManifest>;
  /** Removes what was written; nothing happens after `finish`. */
  abort(): void;
}

const TABLE = 'table.parquet';
const VALUES = 'values.npy';
const OWNED = [TABLE, VALUES, 'ends.npy', 'time.npy', 'labels.npy', 'split.npy', MANIFEST];

/** Where the rows are of several instruments; the first column then. */
const SYMBOL: TableColumn = { name: 'symbol', type: 'VARCHAR' };
const TABLE_COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'label', type: 'DOUBLE' },
  { name: 'label_time', type: 'DOUBLE' },
  { name: 'split', type: 'VARCHAR' },
  { name: 'fold', type: 'BIGINT' },
];

/** Rows lose their manifest where a data set takes its place. @throws {MinotaurError} of kind `state` */
function requireNoRows(out: string): void {
  if (existsSync(rowsPath(out)))
    fail('state', out, 'a directory that is free, or of a data set', 'rows that a build left');
}

/** Starts an exported data set in `out`, which stays as it is until everything is there; not where a build has left rows. */
export function createDataset(out: string, parts: DatasetParts): DatasetWriter {
  requireNoRows(out);
  const directory = openOutputDirectory(out, OWNED);
  try {
    return datasetIn(directory, parts);
  } catch (error) {
    directory.abort();
    throw error;
  }
}

function datasetIn(directory: OutputDirectory, { facts, rows, features, columns }: DatasetParts): DatasetWriter {
  const path = (name: string): string => join(directory.path, name);
  const { time, parts, label, labelTime, split, fold } = rows;
  const symbols =
    parts.length === 1 ? [] : [parts.flatMap((part) => Array<string>(part.to - part.from).fill(part.symbol))];
  const shapes = writeArrays(path, rows);
  const own = [...symbols.map(() => SYMBOL), ...TABLE_COLUMNS];
  const doubles = features.map((name): TableColumn => ({ name, type: 'DOUBLE' }));
  const table = createTableWriter(path(TABLE), [...own, ...doubles], { facts: { ...facts, fold } });
  const matrix = createNpyWriter(path(VALUES), FLOAT32, columns.length);
  let at = 0;
  return {
    add(count, raw, model) {
      const to = at + count;
      const words = Array.from(split.subarray(at, to), (code) => SPLITS[code]);
      const values = [time, label, labelTime].map((column) => column.subarray(at, to));
      const names = symbols.map((all) => all.slice(at, to));
      table.appendColumns(count, [...names, ...values, words, new Float64Array(count).fill(fold), ...raw]);
      appendMatrix(matrix, model, count);
      at = to;
    },
    async finish({ artefactDigest, rowsDigest, symbols: instruments, ...made }) {
      table.commit();
      shapes[VALUES] = { dtype: FLOAT32.dtype, shape: matrix.finish() };
      shapes[TABLE] = { shape: [at, features.length + own.length] };
      const manifest: DatasetManifest = {
        format: 1,
        engineVersion: ENGINE_VERSION,
        ...facts,
        artefactDigest,
        rowsDigest,
        ...(instruments && { symbols: instruments }),
        columns,
        ...made,
        fold,
        splitCodes: Object.fromEntries(SPLITS.map((name, code) => [name, code])),
        files: await describeFiles(path, shapes),
      };
      writeManifest(directory.path, manifest);
      await directory.commit();
      return manifest;
    },
    abort() {
      table.abort();
      matrix.abort();
      directory.abort();
    },
  };
}

type Shapes = Record<string, Pick<DatasetFile, 'dtype' | 'shape'>>;

/** The arrays of one value a row or window. */
function writeArrays(path: (name: string) => string, { time, label, split, ends }: DatasetRows): Shapes {
  const integers = (values: Float64Array): BigInt64Array => BigInt64Array.from(values, BigInt);
  const arrays: readonly (readonly [name: string, type: NpyType, values: ArrayBufferView])[] = [
    ['ends.npy', INT64, integers(ends)],
    ['time.npy', INT64, integers(time)],
    ['labels.npy', FLOAT64, label],
    ['split.npy', INT8, split],
  ];
  const shapes: Shapes = {};
  for (const [name, type, values] of arrays) {
    const writer = createNpyWriter(path(name), type);
    try {
      writer.append(values);
      shapes[name] = { dtype: type.dtype, shape: writer.finish() };
    } finally {
      writer.abort();
    }
  }
  return shapes;
}

/** Columns side by side, rounded to float32. */
function appendMatrix(matrix: NpyWriter, columns: readonly Float64Array[], count: number): void {
  const width = columns.length;
  const block = new Float32Array(count * width);
  columns.forEach((column, c) => {
    for (let i = 0; i < count; i++) block[i * width + c] = column[i];
  });
  matrix.append(block);
}

async function describeFiles(path: (name: string) => string, shapes: Shapes): Promise<Record<string, DatasetFile>> {
  const files: Record<string, DatasetFile> = {};
  for (const [name, shape] of Object.entries(shapes)) files[name] = { ...shape, ...(await sha256OfFile(path(name))) };
  return files;
}
