/** Predictions as a file, and the digest that tells whether two runs predicted the same bits. */
import { createHash } from 'node:crypto';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { canonicalise, wordsOf } from 'minotaur-core/internal/base/canonical';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { requireFile } from '../files/paths.ts';
import { readColumns, readFacts } from '../files/parquet/columns-source.ts';
import { createTableWriter, type TableColumn } from '../files/parquet/table-writer.ts';
import { requireTimes } from './facts.ts';
import { modelDigest } from './model.ts';

/** Its name in the directory of a run. */
export const PREDICTIONS = 'predictions.parquet';

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'probability', type: 'DOUBLE' },
  { name: 'calibrated', type: 'DOUBLE' },
  { name: 'signal', type: 'DOUBLE' },
];
/** Not in the digest: a watermark may change it. */
const COMPLETE: TableColumn = { name: 'complete', type: 'BOOLEAN' };

/** How many rows were predicted, and the digest of all of them. */
export interface PredictionReport {
  /** Rows in all. */
  readonly rows: number;
  /** Rows with a probability. */
  readonly predicted: number;
  /** Rows with a probability in which trades are known to be missing. */
  readonly incomplete: number;
  /** Rows without a probability, by reason. */
  readonly refusals: Readonly<Record<string, number>>;
  /** SHA-256 over time, probability, calibrated, signal of every row, as little-endian doubles. */
  readonly digest: string;
}

export interface PredictionFile {
  add(predictions: readonly Prediction[]): void;
  report(): PredictionReport;
  commit(): void;
  abort(): void;
}

/** What predictions belong to, in the metadata of their file. */
export interface PredictionFacts {
  readonly schemaId: string;
  /** Digest of the artefact. */
  readonly artefact: string;
  /** SHA-256 of the model file. */
  readonly model: string;
}

export function predictionFacts({ schemaId, digest }: Artefact, model: string): PredictionFacts {
  return { schemaId, artefact: digest, model: modelDigest(model) };
}

export interface ReadPredictions extends PredictionColumns {
  /** SHA-256 of the model that predicted. */
  readonly model: string;
}

/** Predictions of rows. */
export interface PredictionColumns {
  /** Of each row, microseconds. */
  readonly time: Float64Array;
  /** As the model said it; NaN: nothing. */
  readonly probability: Float64Array;
  /** The same after calibration. */
  readonly calibrated: Float64Array;
}

/** The predictions in `file`; refused where another artefact predicted. */
export async function readPredictions(file: string, artefact: Artefact): Promise<ReadPredictions> {
  requireFile(file, 'predictions that predict wrote');
  const facts = (await readFacts(file)) as Partial<PredictionFacts> | undefined;
  if (facts?.artefact !== artefact.digest)
    fail('state', file, `predictions with artefact ${artefact.digest}`, facts?.artefact ?? 'other');
  const { time, probability, calibrated } = await readColumns(file, ['time', 'probability', 'calibrated']);
  return { model: String(facts.model), time, probability, calibrated };
}

/** The predictions in `file` for the rows of a chain at `time`, and the digest of the artefact that they were made with. */
export async function readPredictionsOf(
  file: string,
  schemaId: string,
  time: Float64Array,
): Promise<PredictionColumns & Pick<PredictionFacts, 'artefact'>> {
  const facts = (await readFacts(file)) as Partial<PredictionFacts> | undefined;
  if (facts?.schemaId !== schemaId)
    fail('state', file, `predictions of schema ${schemaId}`, facts?.schemaId ?? 'a file that does not say what it is');
  const { time: times, probability, calibrated } = await readColumns(file, ['time', 'probability', 'calibrated']);
  requireTimes(file, times, time);
  return { time: times, probability, calibrated, artefact: String(facts.artefact) };
}

export function createPredictionFile(path: string, facts: PredictionFacts): PredictionFile {
  const table = createTableWriter(path, [...COLUMNS, COMPLETE], { facts });
  const hash = createHash('sha256');
  const refusals: Record<string, number> = {};
  let rows = 0;
  let predicted = 0;
  let incomplete = 0;
  return {
    add(predictions) {
      const columns = COLUMNS.map(() => new Float64Array(predictions.length));
      const records = new Float64Array(predictions.length * COLUMNS.length);
      predictions.forEach(({ time, probability, calibrated, signal, complete, refusal }, i) => {
        [time, probability, calibrated, signal].forEach((value, k) => {
          columns[k][i] = value;
          records[i * COLUMNS.length + k] = value;
        });
        if (refusal === undefined) predicted++;
        if (refusal === undefined && !complete) incomplete++;
        if (refusal !== undefined) refusals[refusal] = (refusals[refusal] ?? 0) + 1;
      });
      canonicalise(records, wordsOf(records), 0, records.length);
      hash.update(new Uint8Array(records.buffer));
      const flags = Float64Array.from(predictions, ({ complete }) => Number(complete));
      table.appendColumns(predictions.length, [...columns, flags]);
      rows += predictions.length;
    },
    report: () => ({ rows, predicted, incomplete, refusals, digest: hash.copy().digest('hex') }),
    commit: () => table.commit(),
    abort: () => table.abort(),
  };
}
