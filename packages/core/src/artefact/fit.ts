/**
 * Fitting: from rows and the split they are in to the artefact. A pure function of the training rows, which are all that it
 * looks at, and of the configuration.
 */
import { ENGINE_VERSION } from '../base/version.ts';
import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import type { LabelConfig } from '../labels/section.ts';
import type { InstrumentPart } from '../splits/parts.ts';
import type { SplitConfig } from '../splits/section.ts';
import { sequenceBreaks, type SequenceConfig } from '../transform/sequence-section.ts';
import { columnSpecs, type TransformConfig } from '../transform/section.ts';
import { createArtefact, type Artefact } from './artefact.ts';
import { columnTransform } from '../transform/by-column.ts';
import { learnColumn, type LearnedColumn } from '../transform/column.ts';
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
  /** Split code of each row. */
  readonly codes: Int8Array;
  readonly eachColumn: EachColumn;
  /** Of this runtime, where it has a faster one. */
  readonly hashing?: Hashing;
}

/** Training rows that the selection looks at, at most; evenly spaced. Correlations of all pairs over more take minutes. */
const SAMPLE = 20_000;

/** Learns the transform of every column, and which columns a model gets. */
export async function fitArtefact(input: FitInput): Promise<Artefact> {
  const { config, schemaId, instruments, columns, time, codes, eachColumn, hashing = portableHashing } = input;
  const { label, split, sequence } = config;
  const training = indicesOf(codes, TRAIN);
  if (training.length === 0) fail('input', 'fit', 'training rows', 'none');
  const learning = createLearning(columnSpecs(config.transform, columns), time, training, hashing);
  await eachColumn(columns, learning.add);
  const { learned, sample, digest } = learning.finish();
  const { kept, dropped } = selectColumns(columns, sample, config.selection);
  const chosen = new Set(kept);
  return createArtefact({
    engineVersion: ENGINE_VERSION,
    schemaId,
    instruments,
    inputs: columns,
    learned: learned.filter(({ name }) => chosen.has(name)),
    dropped,
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
  const stride = Math.ceil(training.length / SAMPLE);
  return {
    add(name: string, values: Float64Array, k: number): void {
      const own = Float64Array.from(training, (row) => values[row]);
      hash.update(bytesOf(own));
      learned.push(learnColumn(name, own, specs[k]));
      const thin = stride === 1 ? own : own.filter((_, i) => i % stride === 0);
      sample.push(columnTransform(learned[k])(thin)[0]);
    },
    finish: () => ({ learned, sample, digest: hash.hex() }),
  };
}
