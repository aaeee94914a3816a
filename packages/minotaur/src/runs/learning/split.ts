/** `split`: which labelled rows to learn from and which to be judged by. */
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import { splitRows, type FoldCounts } from 'minotaur-core/internal/splits/splits';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { bySymbol, openPool, type RowsArgument, rowsArgument } from '../../store/pool.ts';
import { writeFolds } from '../../store/splits.ts';
import { requireParquetName } from '../../files/paths.ts';
import { readPoolLabels } from './targets.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';

/** What `split` takes. */
export interface SplitOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** Of the build, with the sections `label`, `split` and `sequence`. */
  readonly config: ConfigArgument;
  /** A split and fold for each row, .parquet. */
  readonly out: string;
}

const SPLIT = optionsOf<SplitOptions>(
  { rows: rowsArgument, labels: textual, config: configArgument, out: textual },
  { ...RUN },
);

/** A fold. */
export interface FoldReport extends FoldCounts {
  /** The same of each instrument. */
  readonly symbols: Readonly<Record<string, FoldCounts>>;
}

/** What `split` did. */
export interface SplitReport {
  /** The splits. */
  readonly out: string;
  /** Of the chain. */
  readonly schemaId: string;
  /** How the rows were divided. */
  readonly split: SplitConfig;
  /** Rows that a prediction looks at. */
  readonly sequence: number;
  /** Rows in all. */
  readonly rows: number;
  /** Rows of each fold by their split, and those that were purged. */
  readonly folds: readonly FoldReport[];
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/**
 * Divides labelled rows for training and for judging, purged at every boundary.
 * @throws {MinotaurError} where the labels are not those of the rows and the configuration, or a split is left without rows
 */
export async function split(options: SplitOptions): Promise<SplitReport> {
  requireKind('split', SPLIT, options);
  const started = beginRun(options);
  requireParquetName(options.out);
  requireOwnPlace(options.out, [options.rows, options.labels], options.config);
  const { config } = await resolveConfig(options.config);
  const pool = await openPool(options.rows, config);
  const { time, parts, instruments } = pool;
  const course = createCourse(options, { step: 'split', unit: 'rows', total: time.length });
  const { schema } = parts[0].plan;
  const facts = { schemaId: schema.id, label: config.label, instruments };
  const { labelTime } = await readPoolLabels(options.labels, facts, pool);
  const made = { split: config.split, sequence: config.sequence.length };
  const folds = splitRows(made.split, { ...pool, labelTime }, made.sequence);
  await course.add(time.length);
  writeFolds(options.out, pool, folds, { ...facts, ...made });
  return {
    out: options.out,
    schemaId: schema.id,
    ...made,
    rows: time.length,
    folds: folds.map(({ counts, parts: own }) => ({ ...counts, symbols: bySymbol(parts, (_, k) => own[k]) })),
    seconds: secondsSince(started),
    peakRssBytes: peakRssBytes(),
  };
}
