/** Predictions as they lie in files: of one instrument, or of each of those whose rows were divided together. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { scoresOf } from 'minotaur-core/internal/model/evaluation/scores';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import type { SPLITS } from 'minotaur-core/internal/splits/splits';
import { bySymbol, fileOfInstrument, joined } from '../../store/pool.ts';
import { readPredictions, type ReadPredictions } from '../../store/predictions.ts';
import { splitInstruments } from '../../store/splits.ts';
import type { TargetPart, TargetRows } from './targets.ts';

export interface PredictedRows extends ReadPredictions, TargetRows {}

/** Files of predictions, and of the splits that say whose they are. */
export interface PredictedFiles {
  /** A file, or of several instruments a directory with one of each. */
  readonly predictions: string;
  readonly splits: string;
}

/** The predictions of every instrument of the splits, all of one model; refused where another artefact predicted. */
export async function readPredicted(
  artefact: Artefact,
  { predictions, splits }: PredictedFiles,
): Promise<PredictedRows> {
  const instruments = await splitInstruments(splits, artefact);
  const parts: TargetPart[] = [];
  const found: ReadPredictions[] = [];
  for (const instrument of instruments) {
    const { symbol, venue } = instrument;
    const file = fileOfInstrument(predictions, symbol, instruments.length > 1);
    const own = await readPredictions(file, artefact);
    if (found.length > 0 && own.model !== found[0].model)
      fail('state', file, `predictions of model ${found[0].model}, as of the other instruments`, own.model);
    const from = parts.at(-1)?.to ?? 0;
    parts.push({ symbol, venue, instruments: [instrument], from, to: from + own.time.length });
    found.push(own);
  }
  return {
    instruments,
    parts,
    model: found[0].model,
    time: joined(found.map(({ time }) => time)),
    probability: joined(found.map(({ probability }) => probability)),
    calibrated: joined(found.map(({ calibrated }) => calibrated)),
  };
}

/** What the rows of a split are counted by. */
interface Scored {
  readonly codes: Int8Array;
  readonly label: Float64Array;
  readonly score: Float64Array;
}

/** Rows of a split that have a label and a score, of each instrument. */
export function countScored(
  parts: readonly InstrumentPart[],
  name: (typeof SPLITS)[number],
  { codes, label, score }: Scored,
): Record<string, number> {
  return bySymbol(parts, ({ from, to }) => {
    const own = scoresOf(name, codes.subarray(from, to), label.subarray(from, to), score.subarray(from, to));
    return own.labels.length;
  });
}
