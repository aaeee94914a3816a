/** What the learning commands read: rows of a built data set, which of them are for what, and their labels. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { SPLITS, splitRows } from 'minotaur-core/internal/splits/splits';
import { readColumns } from '../files/parquet/columns-source.ts';
import type { Config } from 'minotaur-core/internal/config/config';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { applyColumn, columnKernel, outputWidth } from 'minotaur-core/internal/transform/column';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { decodeArtefact, requireArtefact } from 'minotaur-core/internal/artefact/artefact';
import { createSequencer, sequenceSlots, type SequenceBreaks } from 'minotaur-core/internal/transform/sequence';
import type { LabelFacts } from './commands/label.ts';
import { readFold, readLabels } from './dataset-files.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './rows-directory.ts';
import { requireTrainingRows } from 'minotaur-core/internal/artefact/training-rows';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';

/** Columns read at once: bounds memory to this many of them. */
const GROUP = 32;

/** Calls `use` with each column of a file in turn. */
export async function eachColumn(
  file: string,
  names: readonly string[],
  use: (name: string, values: Float64Array, index: number) => void,
): Promise<void> {
  for (let from = 0; from < names.length; from += GROUP) {
    const group = names.slice(from, from + GROUP);
    const columns = await readColumns(file, group);
    group.forEach((name, k) => use(name, columns[name], from + k));
  }
}

/** Without a file: in order of time, every ready row its own label. */
export function splitByTime({ split, sequence }: Config, time: Float64Array, ready: Float64Array): Int8Array {
  const [{ split: codes }] = splitRows(split, { time, labelTime: time, ready }, sequence.length);
  return Int8Array.from(codes);
}

/** Labels and one fold of the splits, as the artefact was made for them. */
export async function readTargets(
  artefact: Artefact,
  time: Float64Array,
  { labels, splits, fold = 0 }: { readonly labels: string; readonly splits: string; readonly fold?: number },
): Promise<{ label: Float64Array; codes: Int8Array }> {
  const { schemaId, split, sequence } = artefact;
  const facts: LabelFacts = { schemaId, label: artefact.label as LabelConfig };
  const { label } = await readLabels(labels, facts, time);
  const codes = await readFold(splits, facts, { split, sequence: sequence.length }, fold, time);
  requireTrainingRows(artefact, codes, time, `${splits}, fold ${fold}`);
  // A horizon's label is a sign: a loss and no change are both not a gain.
  return { label: label.map((value) => (Number.isNaN(value) ? NaN : value > 0 ? 1 : 0)), codes };
}

export interface FittedRows {
  readonly file: string;
  readonly artefact: Artefact;
  readonly manifest: Manifest;
  readonly time: Float64Array;
  readonly ready: Float64Array;
}

/** Rows in `directory`, which must be those that the artefact was fitted for. */
export async function openFittedRows(directory: string, artefactFile: string): Promise<FittedRows> {
  const artefact = readArtefact(artefactFile);
  const manifest = readManifest(directory);
  const { schemaId, columns, engineVersion } = manifest;
  requireArtefact(artefact, { schemaId, columns, engineVersion }, join(directory, 'manifest.json'));
  const file = join(directory, 'rows.parquet');
  const { time, ready } = await readColumns(file, ['time', 'ready']);
  return { file, artefact, manifest, time, ready };
}

export function readArtefact(file: string): Artefact {
  if (!existsSync(file)) fail('input', file, 'an artefact that fit wrote', 'no such file');
  const artefact = decodeArtefact(readFileSync(file, 'utf8'), file);
  if (artefact.engineVersion !== ENGINE_VERSION)
    fail('state', `${file}, engine version`, ENGINE_VERSION, artefact.engineVersion);
  return artefact;
}

/**
 * The features that a model sees at `ends`, column by column, float32 as at its door: for sequences of L rows, the columns of
 * the oldest row first, each row's features side by side.
 */
export async function featureColumns({ file, artefact }: FittedRows, ends: Int32Array): Promise<Float32Array[]> {
  const { learned, sequence } = artefact;
  const widths = learned.map(({ spec }) => outputWidth(spec));
  const width = widths.reduce((sum, w) => sum + w, 0);
  const columns: Float32Array[] = Array.from({ length: width * sequence.length }, () => new Float32Array(ends.length));
  let at = 0;
  await eachColumn(
    file,
    learned.map(({ name }) => name),
    (_, values, k) => {
      const outputs = widths[k];
      const out = new Float64Array(values.length * outputs);
      applyColumn(columnKernel(learned[k]), values, 0, values.length, 1, out, 0, outputs);
      for (let o = 0; o < outputs; o++, at++) {
        for (let l = 0; l < sequence.length; l++) {
          const column = columns[l * width + at];
          const back = sequence.length - 1 - l;
          for (let i = 0; i < ends.length; i++) column[i] = out[(ends[i] - back) * outputs + o];
        }
      }
    },
  );
  return columns;
}

/** 1 for each row that a whole sequence of ready rows ends with, by the machine that forms the sequences. */
export function sequenceEnds(
  { length, ...breaks }: { readonly length: number } & SequenceBreaks,
  time: Float64Array,
  ready: Float64Array | undefined,
): Uint8Array {
  const state = new Float64Array(sequenceSlots(length, 0));
  const sequencer = createSequencer({ length, width: 0, breaks, state });
  const isReady = (i: number): boolean => ready === undefined || ready[i] === 1;
  return Uint8Array.from(time, (t, i) => (sequencer.push(t, time, 0, isReady(i)) ? 1 : 0));
}

/** The rows of a split that have a label and a whole sequence. */
export function rowsOfSplit(
  codes: Int8Array,
  name: (typeof SPLITS)[number],
  label: Float64Array,
  whole: Uint8Array,
): Int32Array {
  const code = SPLITS.indexOf(name);
  const found: number[] = [];
  for (let i = 0; i < codes.length; i++)
    if (codes[i] === code && whole[i] === 1 && label[i] === label[i]) found.push(i);
  return Int32Array.from(found);
}
