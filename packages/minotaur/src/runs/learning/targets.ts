/** What rows are to be predicted as, and which of them a model learns from and is judged by, as they lie in files. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { requireTrainingRows } from 'minotaur-core/internal/artefact/training-rows';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { LabelFacts } from '../../store/facts.ts';
import { readLabels, type LabelColumns } from '../../store/labels.ts';
import { fileOfInstrument, joined } from '../../store/pool.ts';
import { readFold } from '../../store/splits.ts';

/** Rows of one instrument. */
export interface TargetPart extends InstrumentPart {
  /** What was traded. */
  readonly instruments: readonly Instrument[];
}

/** Rows whose targets are wanted, instrument after instrument. */
export interface TargetRows {
  readonly time: Float64Array;
  readonly parts: readonly TargetPart[];
  readonly instruments: readonly Instrument[];
}

export interface TargetFiles {
  /** A file, or of several instruments a directory with one of each. */
  readonly labels: string;
  readonly splits: string;
  readonly fold?: number | undefined;
}

export interface Targets extends LabelColumns {
  /** Split code of each row. `label` is 1 or 0; NaN: none. */
  readonly codes: Int8Array;
}

/** The labels of every instrument, made for its rows. */
export async function readPoolLabels(
  path: string,
  facts: Omit<LabelFacts, 'instruments'>,
  { time, parts }: Pick<TargetRows, 'time' | 'parts'>,
): Promise<LabelColumns> {
  const found: LabelColumns[] = [];
  for (const { symbol, instruments, from, to } of parts) {
    const file = fileOfInstrument(path, symbol, parts.length > 1);
    found.push(await readLabels(file, { ...facts, instruments }, time.subarray(from, to)));
  }
  const column = (name: keyof LabelColumns): Float64Array => joined(found.map((one) => one[name]));
  return {
    entryTime: column('entryTime'),
    entryPrice: column('entryPrice'),
    label: column('label'),
    labelTime: column('labelTime'),
    gain: column('gain'),
  };
}

/** Labels and one fold of the splits of the rows, as the artefact was made for them. */
export async function readTargets(
  { schemaId, label: definition, split, sequence }: Artefact,
  rows: TargetRows,
  { labels, splits, fold = 0 }: TargetFiles,
): Promise<Targets> {
  const facts = { schemaId, label: definition, instruments: rows.instruments };
  const found = await readPoolLabels(labels, facts, rows);
  const codes = await readFold(splits, fold, { ...facts, split, sequence: sequence.length }, rows.time);
  return { ...found, label: binaryLabels(found.label), codes };
}

/** The same, refused where the fold trains on other rows than the artefact was fitted on. */
export async function readOwnTargets(artefact: Artefact, rows: TargetRows, files: TargetFiles): Promise<Targets> {
  const targets = await readTargets(artefact, rows, files);
  requireTrainingRows(artefact, targets.codes, rows.time, `${files.splits}, fold ${files.fold ?? 0}`);
  return targets;
}

/** The rows of a split that have a label and a whole sequence. */
export function rowsOfSplit({ label, codes }: Targets, name: (typeof SPLITS)[number], whole: Uint8Array): Int32Array {
  const code = SPLITS.indexOf(name);
  return Int32Array.from(codes.keys()).filter((i) => codes[i] === code && whole[i] === 1 && label[i] === label[i]);
}

/** How many of the rows, in order, are of each instrument. */
export function countBySymbol(parts: readonly InstrumentPart[], rows: Int32Array): Record<string, number> {
  const within = ({ from, to }: InstrumentPart): number => rows.filter((i) => i >= from && i < to).length;
  return Object.fromEntries(parts.map((part) => [part.symbol, within(part)]));
}
