/** `export`: rows, labels and a split as other tools read them, Parquet and NumPy arrays. */
import { resolve } from 'node:path';
import { optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { requireArtefact } from 'minotaur-core/internal/artefact/artefact';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { sequenceOf } from 'minotaur-core/internal/transform/sequence-section';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';
import { createTransform } from 'minotaur-core/internal/transform/transform';
import { rowsArgument } from '../../store/pool.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { readArtefact } from '../../store/artefact.ts';
import { createDataset, type DatasetManifest, type DatasetRows } from '../../store/dataset.ts';
import {
  bySymbol,
  openPool,
  readPoolFeatures,
  wholeSequences,
  type Pool,
  type RowsArgument,
} from '../../store/pool.ts';
import type { PlannedRows } from '../../store/rows.ts';
import { readFold } from '../../store/splits.ts';
import { beginRun, createCourse, type RunOptions, RUN } from '../course/options.ts';
import { readPoolLabels } from './targets.ts';

/** What `exportDataset` takes. */
export interface ExportOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** What split wrote. */
  readonly splits: string;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** Of the build, with the sections `label`, `split` and `sequence`. */
  readonly config: ConfigArgument;
  /** What fit wrote: values go through its transform. Without it they are as build wrote them. */
  readonly artefact?: string | undefined;
  /** Directory for the data set; another than `rows`. */
  readonly out: string;
}

const EXPORT = optionsOf<ExportOptions>(
  { rows: rowsArgument, labels: textual, splits: textual, config: configArgument, out: textual },
  { ...RUN, fold: whole, artefact: textual },
);

/**
 * Exports rows, labels and a split for other tools.
 * @returns the manifest, as it lies in `out`
 * @throws {MinotaurError} where the files do not belong together; what was in `out` stays
 */
export async function exportDataset(options: ExportOptions): Promise<DatasetManifest> {
  requireKind('exportDataset', EXPORT, options);
  beginRun(options);
  const { config } = await resolveConfig(options.config);
  if ([options.rows].flat().some((directory) => resolve(options.out) === resolve(directory)))
    fail('config', 'out', 'another directory than that of the rows, whose manifest it would replace', options.out);
  const pool = await openPool(options.rows, config);
  const { parts, instruments } = pool;
  const { schema, columns: features } = parts[0].plan;
  const facts = { schemaId: schema.id, label: config.label, instruments };
  const given = await readDatasetRows(pool, options, config);
  const { columns, artefactDigest, values } = matrixOf(pool, options.artefact);
  const course = createCourse(options, { step: 'export', unit: 'rows', total: given.time.length });
  const dataset = createDataset(options.out, { facts, rows: given, features, columns });
  try {
    for await (const { count, columns: block } of readPoolFeatures(pool, features)) {
      dataset.add(count, block, values(block));
      await course.add(count);
    }
    const { sequence, split } = config;
    return await dataset.finish({ artefactDigest, ...rowsDigestOf(pool), sequence, split });
  } finally {
    dataset.abort();
  }
}

/** What the matrix holds of a row. */
interface Matrix {
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** The fitted artefact that the values went through; empty: they are as build wrote them. */
  readonly artefactDigest: string;
  /** Its columns, from those of the same rows as build wrote them. */
  values(columns: readonly Float64Array[]): readonly Float64Array[];
}

/** The rows as they are, or what a fitted transform makes of them. */
function matrixOf({ parts }: Pool<PlannedRows>, file: string | undefined): Matrix {
  const [{ plan }] = parts;
  if (file === undefined) return { columns: plan.columns, artefactDigest: '', values: (columns) => columns };
  const artefact = readArtefact(file);
  for (const { manifest } of parts) requireArtefact(artefact, manifest, file);
  const { learned, inputs, digest } = artefact;
  const steps = learned.map((one) => ({ apply: columnTransform(one), place: inputs.indexOf(one.name) }));
  return {
    columns: createTransform(learned, inputs).columns,
    artefactDigest: digest,
    values: (columns) => steps.flatMap(({ apply, place }) => apply(columns[place])),
  };
}

/** Which rows they were, as the manifest says it: of several instruments, those of each. */
function rowsDigestOf({ parts }: Pool): Pick<DatasetManifest, 'rowsDigest' | 'symbols'> {
  const digests = parts.map(({ manifest }) => manifest.digest);
  if (digests.length === 1) return { rowsDigest: digests[0] };
  const symbols = bySymbol(parts, ({ from, to }, k) => ({ from, to, rowsDigest: digests[k] }));
  return { rowsDigest: sha256OfText(digests.join('')), symbols };
}

async function readDatasetRows(
  pool: Pool<PlannedRows>,
  { labels, splits, fold = 0 }: ExportOptions,
  { label, split, sequence }: Config,
): Promise<DatasetRows> {
  const { time, parts, instruments } = pool;
  const facts = { schemaId: parts[0].plan.schema.id, label, instruments };
  const labelled = await readPoolLabels(labels, facts, pool);
  const codes = await readFold(splits, fold, { ...facts, split, sequence: sequence.length }, time);
  const sequences = wholeSequences(sequenceOf(sequence), pool);
  const ends = Float64Array.from(sequences.keys()).filter((row) => sequences[row] === 1);
  return { time, parts, ...labelled, split: codes, fold, ends };
}
