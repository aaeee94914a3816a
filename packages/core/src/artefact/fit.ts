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
import type { LearnedColumn } from '../transform/column.ts';
import { isPriceLevel } from '../transform/price-levels.ts';
import { selectColumns, type SelectionRules } from '../transform/selection.ts';
import { createLearner, thinned, type CreateLearner, type Learnt } from './learner.ts';
import { bytesOf, indicesOf, TRAIN, trainingRows } from './training-rows.ts';

/** Calls `use` with each column of the rows in turn, and waits for what it gives; the values are not kept. */
export type EachColumn = (
  names: readonly string[],
  use: (name: string, values: Float64Array, index: number) => void | Promise<void>,
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
  /** Of this runtime, where it has threads. */
  readonly createLearner?: CreateLearner;
}

/** Training rows by which price levels are told, at most. */
const LEVEL_SAMPLE = 2000;

/** Learns the transform of every column, and which columns a model gets. */
export async function fitArtefact(input: FitInput): Promise<Artefact> {
  const { config, schemaId, instruments, columns, time, codes, hashing = portableHashing } = input;
  const { label, split, sequence } = config;
  const training = indicesOf(codes, TRAIN);
  if (training.length === 0) fail('input', 'fit', 'training rows', 'none');
  const { learned, sample, values, digest } = await learnAll(input, training, hashing);
  const levels = priceLevelsOf(input, values, training);
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

interface Fitted {
  readonly learned: readonly LearnedColumn[];
  /** Of each column, what the transform makes of a sample of its training values. */
  readonly sample: readonly Float64Array[];
  /** And fewer of those values, as they are. */
  readonly values: readonly Float64Array[];
  readonly digest: string;
}

/** Column after column is read and hashed; meanwhile those before are learned, on all training rows. */
async function learnAll(input: FitInput, training: Int32Array, hashing: Hashing): Promise<Fitted> {
  const { config, columns, time, eachColumn, createLearner: create = createLearner } = input;
  const specs = columnSpecs(config.transform, columns);
  const learner = create(
    specs.map((spec, k) => ({ name: columns[k], spec })),
    training.length,
  );
  const own = new Float64Array(training.length);
  gather(time, training, own);
  const hash = hashing.sha256().update(bytesOf(own));
  const values: Float64Array[] = [];
  const pending: Promise<Learnt>[] = [];
  let failed: { readonly error: unknown } | undefined;
  try {
    await eachColumn(columns, async (_, all, k) => {
      const room = await learner.room();
      if (failed !== undefined) throw failed.error;
      gather(all, training, room);
      hash.update(bytesOf(room));
      values[k] = thinned(room, LEVEL_SAMPLE);
      const learnt = learner.learn(room, k);
      learnt.catch((error: unknown) => (failed ??= { error }));
      pending.push(learnt);
    });
    const found = await Promise.all(pending);
    const [learned, sample] = [found.map((one) => one.learned), found.map((one) => one.sample)];
    return { learned, sample, values, digest: hash.hex() };
  } finally {
    await learner.end();
  }
}

function gather(values: Float64Array, rows: Int32Array, into: Float64Array): void {
  for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]];
}
