/** `fit`: learns the transform of every column on the training rows, and which columns a model gets. */
import { choice, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { indicesOf, TRAIN } from 'minotaur-core/internal/artefact/training-rows';
import { closeColumn } from 'minotaur-core/internal/chain/plan';
import type { Config } from 'minotaur-core/internal/config/config';
import { splitRows } from 'minotaur-core/internal/splits/splits';
import { nodeHashing } from '../../node/hashing.ts';
import { createThreadedLearner } from '../../node/learner.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { writeArtefact } from '../../store/artefact.ts';
import { bySymbol, eachColumn, openPool, type Pool, type RowsArgument, rowsArgument } from '../../store/pool.ts';
import { countIncomplete } from '../../store/rows.ts';
import { readFold } from '../../store/splits.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';

/** What `fit` takes. */
export interface FitOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What split wrote; without it, the first rows in order of time are for training. */
  readonly splits?: string | undefined;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** Of the build, with the sections `label`, `split`, `sequence`, `transform` and `selection`. */
  readonly config: ConfigArgument;
  /** What the artefact is for: the instruments of the rows, which is the default, or any. */
  readonly instruments?: 'listed' | 'any' | undefined;
  /** The artefact, .json. */
  readonly out: string;
}

const FIT = optionsOf<FitOptions>(
  { rows: rowsArgument, config: configArgument, out: textual },
  { ...RUN, splits: textual, fold: whole, instruments: choice(['listed', 'any']) },
);

/** What `fit` did. */
export interface FitReport extends Pick<
  Artefact,
  'digest' | 'schemaId' | 'instruments' | 'dropped' | 'priceLevels' | 'training' | 'sequence' | 'selectedOver'
> {
  /** Columns that a model gets, in order. */
  readonly columns: readonly string[];
  /** Rows of each instrument, and those that were learned from. */
  readonly symbols: Readonly<Record<string, { readonly rows: number; readonly training: number }>>;
  /** Ready rows that were left out because they are not complete. */
  readonly incomplete: number;
  /** The artefact. */
  readonly out: string;
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/**
 * Learns the transform of every column on the training rows, and which columns a model gets.
 * @throws {MinotaurError} where rows or splits are not those of the configuration, or no column can be learned
 */
export async function fit(options: FitOptions): Promise<FitReport> {
  requireKind('fit', FIT, options);
  const started = beginRun(options);
  requireOwnPlace(options.out, [options.rows, options.splits], options.config);
  const { config } = await resolveConfig(options.config);
  const pool = await openPool(options.rows, config);
  const { time, parts, instruments } = pool;
  const { schema, columns } = parts[0].plan;
  const { label, split, sequence } = config;
  const facts = { schemaId: schema.id, label, instruments, split, sequence: sequence.length };
  const codes =
    options.splits === undefined
      ? splitByTime(config, pool)
      : await readFold(options.splits, options.fold ?? 0, facts, time);
  const course = createCourse(options, { step: 'fit', unit: 'columns', total: columns.length });
  const artefact = await fitArtefact({
    config,
    hashing: nodeHashing,
    createLearner: createThreadedLearner,
    schemaId: schema.id,
    instruments: options.instruments === 'any' ? 'any' : instruments,
    columns,
    time,
    parts,
    price: closeColumn(parts[0].plan),
    codes,
    eachColumn: (names, use) =>
      eachColumn(pool, names, async (name, values, k) => {
        await use(name, values, k);
        return course.add(1);
      }),
  });
  writeArtefact(options.out, artefact);
  const { digest, schemaId, learned, dropped, priceLevels, training, sequence: windows, selectedOver } = artefact;
  return {
    digest,
    schemaId,
    instruments: artefact.instruments,
    columns: learned.map(({ name }) => name),
    incomplete: countIncomplete(pool),
    symbols: bySymbol(parts, ({ from, to }) => {
      return { rows: to - from, training: indicesOf(codes.subarray(from, to), TRAIN).length };
    }),
    dropped,
    priceLevels,
    training,
    sequence: windows,
    selectedOver,
    out: options.out,
    seconds: secondsSince(started),
    peakRssBytes: peakRssBytes(),
  };
}

/** Without splits: in order of time, every row that may be learned from its own label. */
function splitByTime({ split, sequence }: Config, pool: Pool): Int8Array {
  const [{ split: codes }] = splitRows(split, { ...pool, labelTime: pool.time }, sequence.length);
  return Int8Array.from(codes);
}
