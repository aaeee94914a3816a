/**
 * Fitting: from rows and the split they are in to the artefact. A pure function of the training rows, which are all that it
 * looks at, and of the configuration.
 */
import { ENGINE_VERSION } from '../base/version.ts';
import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import type { LabelConfig } from '../labels/section.ts';
import type { InstrumentPart, Part } from '../splits/parts.ts';
import type { SplitConfig } from '../splits/section.ts';
import { sequenceBreaks, type SequenceConfig } from '../transform/sequence-section.ts';
import { columnSpecs, type TransformConfig } from '../transform/section.ts';
import { createArtefact, type Artefact } from './artefact.ts';
import { columnTransform } from '../transform/by-column.ts';
import { learnColumn, type LearnedColumn } from '../transform/column.ts';
import { isPriceLevel } from '../transform/price-levels.ts';
import { selectColumns, type SelectionRules } from '../transform/selection.ts';
import { bytesOf, indicesOf, TRAIN, trainingRows } from './training-rows.ts';

/** Calls `use` with each column of the rows in turn; the values are not kept. */
export type EachColumn = (
  names: readonly string[],
  use: (name: string, values: Float64Array, index: number) => void,
) => Promise<void>;

/** The sections of a configuration that a fit goes by. */
interface FitConfig {
  readonly label: LabelConfig;
  readonly split: SplitConfig;
  readonly sequence: SequenceConfig;
  readonly transform: TransformConfig;
  readonly selection: SelectionRules;
}

/** What an artefact is fitted on. */
export interface FitInput {
  readonly config: FitConfig;
  readonly schemaId: string;
  /** That the artefact is for. */
  readonly instruments: Artefact['instruments'];
  /** Of a row, in order. */
  readonly columns: readonly string[];
  /** Of each row, microseconds. */
  readonly time: Float64Array;
  /** Whose rows they are, where there is more to say of it than `instruments` does. */
  readonly parts?: readonly InstrumentPart[] | undefined;
  /** The column with the close of the driving clock, by which price levels are told; undefined: none is. */
  readonly price?: string | undefined;
  /** Split code of each row. */
  readonly codes: Int8Array;
  readonly eachColumn: EachColumn;
  /** Of this runtime, where it has a faster one. */
  readonly hashing?: Hashing;
}

/** Training rows that the selection looks at, at most; evenly spaced. Correlations of all pairs over more take minutes. */
const SAMPLE = 20_000;
/** And those by which price levels are told. */
const LEVEL_SAMPLE = 2000;

/** Learns the transform of every column, and which columns a model gets. */
export async function fitArtefact(input: FitInput): Promise<Artefact> {
  const { config, schemaId, instruments, columns, time, codes, eachColumn, hashing = portableHashing } = input;
  const { label, split, sequence } = config;
  const training = indicesOf(codes, TRAIN);
  if (training.length === 0) fail('input', 'fit', 'training rows', 'none');
  const learning = createLearning(columnSpecs(config.transform, columns), time, training, hashing);
  await eachColumn(columns, learning.add);
  const { learned, sample, digest } = learning.finish();
  const levels = priceLevelsOf(input, learning.levels, training);
  const { kept, dropped } = selectColumns(columns, sample, config.selection);
  const chosen = new Set(kept);
  return createArtefact({
    engineVersion: ENGINE_VERSION,
    schemaId,
    instruments,
    inputs: columns,
    learned: learned.filter(({ name }) => chosen.has(name)),
    dropped,
    priceLevels: kept.filter((name) => levels.has(name)),
    selectedOver: sample[0].length,
    label,
    split,
    sequence: { length: sequence.length, ...sequenceBreaks(sequence) },
    training: { ...trainingRows(codes, time, hashing), digest, ...trainedOn(input) },
  });
}

/** Whose the training rows are, where `instruments` does not say it already. */
function trainedOn({ parts = [], instruments, codes }: FitInput): Pick<Artefact['training'], 'instruments'> {
  if (parts.length === 0 || (parts.length === 1 && instruments !== 'any')) return {};
  const counted = parts.map(({ symbol, venue, from, to }) => {
    return { symbol, venue, rows: indicesOf(codes.subarray(from, to), TRAIN).length };
  });
  return { instruments: counted };
}

/** At most so many of the values, evenly spaced. */
function thinned<T extends Float64Array | Int32Array>(values: T, most: number): T {
  const stride = Math.ceil(values.length / most);
  return (stride === 1 ? values : values.filter((_: number, i: number) => i % stride === 0)) as T;
}

/** The columns that are price levels on the training rows. */
function priceLevelsOf(
  { columns, price, parts, time }: FitInput,
  values: readonly Float64Array[],
  training: Int32Array,
): ReadonlySet<string> {
  const close = price === undefined ? -1 : columns.indexOf(price);
  if (close < 0) return new Set();
  const rows = thinned(training, LEVEL_SAMPLE);
  const behind = (row: number): number => rows.reduce((count, own) => count + Number(own < row), 0);
  const all: readonly Part[] = parts ?? [{ from: 0, to: time.length }];
  const own = all.map(({ from, to }) => ({ from: behind(from), to: behind(to) }));
  return new Set(columns.filter((_, k) => isPriceLevel(values[k], values[close], own)));
}

/** Column after column: learned on all training rows, hashed, and a sample of what the transform makes of it kept. */
function createLearning(
  specs: ReturnType<typeof columnSpecs>,
  time: Float64Array,
  training: Int32Array,
  hashing: Hashing,
) {
  const learned: LearnedColumn[] = [];
  const sample: Float64Array[] = [];
  const hash = hashing.sha256().update(bytesOf(Float64Array.from(training, (row) => time[row])));
  /** Values as they are, of fewer rows. */
  const levels: Float64Array[] = [];
  return {
    levels,
    add(name: string, values: Float64Array, k: number): void {
      const own = Float64Array.from(training, (row) => values[row]);
      hash.update(bytesOf(own));
      levels.push(thinned(own, LEVEL_SAMPLE));
      learned.push(learnColumn(name, own, specs[k]));
      sample.push(columnTransform(learned[k])(thinned(own, SAMPLE))[0]);
    },
    finish: () => ({ learned, sample, digest: hash.hex() }),
  };
}
