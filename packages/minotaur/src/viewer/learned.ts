/** What a run has learned of its rows, as far as it came: labels, splits, predictions. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { PLACES } from '../runs/whole/steps.ts';
import { readArtefact } from '../store/artefact.ts';
import { readLabelOutcomes, type LabelOutcomes } from '../store/labels.ts';
import { readPredictionsOf } from '../store/predictions.ts';
import { readFolds } from '../store/splits.ts';
import { lineOf, type Line } from './lines.ts';
import { foldable, type Foldable } from './ranges.ts';

export interface ViewedLabels extends LabelOutcomes {
  /** Of each row the price that it was entered at. */
  readonly entry: Float64Array;
  /** By what was reached, in the order of BARRIERS behind the first: 1 in its rows. */
  readonly reached: readonly Foldable[];
}

export interface Learned {
  readonly labels?: ViewedLabels;
  /** Split codes of the rows, fold by fold. */
  readonly folds: readonly Int8Array[];
  /** Calibrated; the threshold is null where the artefact that made them is not here. */
  readonly predictions?: { readonly line: Line; readonly threshold: number | null };
  /** What is here and of other rows, in words. */
  readonly leftOut: readonly string[];
}

/** Rows that things were learned of. */
interface Rows {
  readonly schemaId: string;
  readonly time: Float64Array;
}

/** Files of other rows, such as those of a run that was stopped and began anew, are left out, and named. */
export async function readLearned(directory: string, { schemaId, time }: Rows): Promise<Learned> {
  const leftOut: string[] = [];
  const read = async <T>(name: string, reader: (file: string, schema: string, time: Float64Array) => Promise<T>) => {
    const file = join(directory, name);
    if (!existsSync(file)) return undefined;
    try {
      return await reader(file, schemaId, time);
    } catch (error) {
      if (!(error instanceof MinotaurError) || error.kind !== 'state') throw error;
      leftOut.push(`${name}: expected ${error.facts.expected}, found ${error.facts.found}`);
      return undefined;
    }
  };
  const labels = await read(PLACES.labels, readLabelOutcomes);
  const folds = await read(PLACES.splits, readFolds);
  const predictions = await read(PLACES.predictions, readPredictionsOf);
  return {
    ...(labels && { labels: viewedLabels(labels) }),
    folds: folds ?? [],
    ...(predictions && {
      predictions: {
        line: lineOf(predictions.calibrated),
        threshold: thresholdOf(join(directory, PLACES.artefact), predictions.artefact),
      },
    }),
    leftOut,
  };
}

/** By the index of what was reached; the first is nothing. */
const REACHED = [1, 2, 3] as const;

function viewedLabels(labels: LabelOutcomes): ViewedLabels {
  const { definition, price, gain, barrier } = labels;
  const flags = (code: number): Float64Array => Float64Array.from(barrier, (found) => Number(found === code));
  return {
    ...labels,
    entry: price.map((end, i) => entryOf(definition, end, gain[i])),
    reached: REACHED.map((code) => foldable(flags(code), 'sum')),
  };
}

/** The other way round from the gain of a position: a short one gains where the price falls. */
function entryOf({ side }: LabelConfig, price: number, gain: number): number {
  return side === 'long' ? price / (1 + gain) : price / (1 - gain);
}

function thresholdOf(file: string, digest: string): number | null {
  if (!existsSync(file)) return null;
  try {
    const artefact = readArtefact(file);
    return artefact.digest === digest ? (artefact.decision?.threshold.value ?? null) : null;
  } catch (error) {
    // Of another version, which only says no threshold.
    if (error instanceof MinotaurError) return null;
    throw error;
  }
}
