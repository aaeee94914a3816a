/** `minotaur export`: rows, labels and a split as other tools read them, Parquet and NumPy arrays. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { openOutputDirectory, sha256OfFile } from '../../files/atomic.ts';
import { createNpyWriter, FLOAT32, FLOAT64, INT64, INT8, type NpyType, type NpyWriter } from '../../files/npy.ts';
import { readBlocks } from '../../files/parquet/row-blocks.ts';
import { createTableWriter, type TableColumn } from '../../files/parquet/table-writer.ts';
import type { Config } from 'minotaur-core/internal/config/config';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import { sequenceBreaks, type SequenceConfig } from 'minotaur-core/internal/transform/sequence-section';
import { requireArtefact } from 'minotaur-core/internal/artefact/artefact';
import { applyColumn, columnKernel, outputWidth } from 'minotaur-core/internal/transform/column';
import { createTransform } from 'minotaur-core/internal/transform/transform';
import { loadConfig } from '../config-file.ts';
import { readFold, readLabels, type LabelColumns } from '../dataset-files.ts';
import { readArtefact, sequenceEnds } from '../learning-data.ts';
import { openRows, readRowColumns, type RowsDirectory } from '../rows-directory.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { LabelFacts } from './label.ts';

export interface ExportFlags {
  readonly rows: string;
  readonly labels: string;
  readonly splits: string;
  readonly config: string;
  readonly fold: number;
  /** Values go through this fitted artefact; without it they are as build wrote them. */
  readonly artefact?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** What the matrix holds of a row. */
export interface ExportValues {
  /** Names of the matrix's columns. */
  readonly columns: readonly string[];
  /** The fitted artefact that the values went through; empty: they are as build wrote them. */
  readonly artefactDigest: string;
  /** The matrix's columns, from those of the same `count` rows as build wrote them. */
  values(columns: readonly Float64Array[], count: number): readonly Float64Array[];
}

/** `manifest.json`, and what `--json` prints. */
export interface ExportManifest extends LabelFacts {
  readonly format: 1;
  readonly engineVersion: string;
  readonly artefactDigest: string;
  /** Digest of the rows, as in the manifest of build. */
  readonly rowsDigest: string;
  readonly columns: readonly string[];
  readonly sequence: SequenceConfig;
  readonly split: SplitConfig;
  readonly fold: number;
  /** What the numbers in split.npy mean. */
  readonly splitCodes: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, ExportFile>>;
}

export interface ExportFile {
  readonly dtype?: string;
  readonly shape: readonly number[];
  readonly bytes: number;
  readonly sha256: string;
}

interface Dataset extends LabelColumns {
  readonly time: Float64Array;
  readonly split: Int8Array;
  /** Index of the last row of each whole window. */
  readonly ends: Float64Array;
}

const TABLE = 'table.parquet';
const NAMES = [TABLE, 'values.npy', 'ends.npy', 'time.npy', 'labels.npy', 'split.npy', 'manifest.json'];

export async function exportCommand(flags: ExportFlags): Promise<void> {
  const { config } = await loadConfig(flags.config);
  if (resolve(flags.out) === resolve(flags.rows))
    fail('config', '--out', 'another directory than --rows, whose manifest it would replace', flags.out);
  const rows = openRows(flags.rows, config);
  const dataset = await readDataset(rows, flags, config);
  const values = valuesOf(rows, flags.artefact);
  const directory = openOutputDirectory(flags.out, NAMES);
  try {
    const facts: LabelFacts = { schemaId: rows.plan.schema.id, label: config.label };
    const shapes = writeArrays(directory.path, dataset);
    await writeRows(directory.path, rows.file, rows.plan.columns, values, dataset, { ...facts, fold: flags.fold });
    shapes['values.npy'] = { dtype: FLOAT32.dtype, shape: [dataset.time.length, values.columns.length] };
    shapes[TABLE] = { shape: [dataset.time.length, rows.plan.columns.length + TABLE_COLUMNS.length] };
    const manifest: ExportManifest = {
      format: 1,
      engineVersion: ENGINE_VERSION,
      ...facts,
      artefactDigest: values.artefactDigest,
      rowsDigest: rows.manifest.digest,
      columns: values.columns,
      sequence: config.sequence,
      split: config.split,
      fold: flags.fold,
      splitCodes: Object.fromEntries(SPLITS.map((name, code) => [name, code])),
      files: await describeFiles(directory.path, shapes),
    };
    writeFileSync(join(directory.path, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    directory.commit();
    console.log(flags.json ? JSON.stringify(manifest, null, 2) : summary(manifest, flags.out));
  } finally {
    directory.abort();
  }
}

/** What the matrix holds: the rows as they are, or what a fitted transform makes of them. */
function valuesOf({ plan, manifest }: RowsDirectory, file: string | undefined): ExportValues {
  if (file === undefined) return { columns: plan.columns, artefactDigest: '', values: (columns) => columns };
  const artefact = readArtefact(file);
  const { schemaId, columns: inputs, engineVersion } = manifest;
  requireArtefact(artefact, { schemaId, columns: inputs, engineVersion }, file);
  const { columns } = createTransform(artefact.learned, artefact.inputs);
  const steps = artefact.learned.map((learned) => {
    return { kernel: columnKernel(learned), place: inputs.indexOf(learned.name), width: outputWidth(learned.spec) };
  });
  return {
    columns,
    artefactDigest: artefact.digest,
    values: (rows, count) =>
      steps.flatMap(({ kernel, place, width }) => {
        const out = new Float64Array(count * width);
        applyColumn(kernel, rows[place], 0, count, 1, out, 0, width);
        return Array.from({ length: width }, (_, k) =>
          width === 1 ? out : out.filter((_value, i) => i % width === k),
        );
      }),
  };
}

async function readDataset(rows: RowsDirectory, flags: ExportFlags, config: Config): Promise<Dataset> {
  const facts: LabelFacts = { schemaId: rows.plan.schema.id, label: config.label };
  const { time, ready } = await readRowColumns(rows, {});
  const labels = await readLabels(flags.labels, facts, time);
  const split = await readFold(
    flags.splits,
    facts,
    { split: config.split, sequence: config.sequence.length },
    flags.fold,
    time,
  );
  return { time, ...labels, split, ends: windowEnds(time, ready, config.sequence) };
}

/** Rows that a whole window ends with. */
function windowEnds(time: Float64Array, ready: Float64Array | undefined, sequence: SequenceConfig): Float64Array {
  const whole = sequenceEnds({ length: sequence.length, ...sequenceBreaks(sequence) }, time, ready);
  const ends: number[] = [];
  whole.forEach((isEnd, row) => isEnd === 1 && ends.push(row));
  return Float64Array.from(ends);
}

type Shapes = Record<string, { readonly dtype?: string; readonly shape: readonly number[] }>;

/** The arrays of one value a row or window. */
function writeArrays(directory: string, { time, label, split, ends }: Dataset): Shapes {
  const integers = (values: Float64Array): BigInt64Array => BigInt64Array.from(values, BigInt);
  const arrays: readonly (readonly [name: string, type: NpyType, values: ArrayBufferView])[] = [
    ['ends.npy', INT64, integers(ends)],
    ['time.npy', INT64, integers(time)],
    ['labels.npy', FLOAT64, label],
    ['split.npy', INT8, split],
  ];
  const shapes: Shapes = {};
  for (const [name, type, values] of arrays) {
    const writer = createNpyWriter(join(directory, name), type);
    try {
      writer.append(values);
      shapes[name] = { dtype: type.dtype, shape: writer.finish() };
    } finally {
      writer.abort();
    }
  }
  return shapes;
}

const TABLE_COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'label', type: 'DOUBLE' },
  { name: 'label_time', type: 'DOUBLE' },
  { name: 'split', type: 'VARCHAR' },
  { name: 'fold', type: 'BIGINT' },
];

/** The table and the matrix, block of rows by block of rows. */
async function writeRows(
  directory: string,
  rowsFile: string,
  names: readonly string[],
  { columns: matrixNames, values }: ExportValues,
  { time, label, labelTime, split }: Dataset,
  facts: LabelFacts & { readonly fold: number },
): Promise<void> {
  const features = names.map((name): TableColumn => ({ name, type: 'DOUBLE' }));
  const table = createTableWriter(join(directory, TABLE), [...TABLE_COLUMNS, ...features], facts);
  const matrix = createNpyWriter(join(directory, 'values.npy'), FLOAT32, matrixNames.length);
  try {
    let at = 0;
    for await (const { count, columns } of readBlocks(rowsFile, names)) {
      const to = at + count;
      const words = Array.from(split.subarray(at, to), (code) => SPLITS[code]);
      const own = [time.subarray(at, to), label.subarray(at, to), labelTime.subarray(at, to), words];
      table.appendColumns(count, [...own, new Float64Array(count).fill(facts.fold), ...columns]);
      appendMatrix(matrix, values(columns, count), count);
      at = to;
    }
    table.commit();
    matrix.finish();
  } finally {
    table.abort();
    matrix.abort();
  }
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

async function describeFiles(directory: string, shapes: Shapes): Promise<Record<string, ExportFile>> {
  const files: Record<string, ExportFile> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    files[name] = { ...shape, ...(await sha256OfFile(join(directory, name))) };
  }
  return files;
}

function summary({ files, columns, sequence, fold }: ExportManifest, out: string): string {
  const n = (value: number): string => value.toLocaleString('en');
  const [rows] = files['values.npy'].shape;
  const [windows] = files['ends.npy'].shape;
  const bytes = Object.values(files).reduce((total, file) => total + file.bytes, 0);
  return `${n(rows)} rows x ${n(columns.length)} columns, fold ${fold}; ${n(windows)} windows of ${sequence.length} rows -> ${out}, ${(bytes / 1e6).toFixed(1)} MB`;
}
