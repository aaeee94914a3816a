/** Predictions as a file, and the digest that tells whether two runs predicted the same bits. */
import { createHash } from 'node:crypto';
import { canonicalise, wordsOf } from '../core/canonical.ts';
import { createTableWriter } from '../io/table-writer.ts';
import type { Prediction } from '../live/predictor.ts';

export interface PredictionReport {
  readonly rows: number;
  readonly predicted: number;
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

/** `facts` says what the predictions belong to. */
export function createPredictionFile(path: string, facts: object): PredictionFile {
  const table = createTableWriter(
    path,
    [
      { name: 'time', type: 'BIGINT' },
      { name: 'probability', type: 'DOUBLE' },
      { name: 'calibrated', type: 'DOUBLE' },
      { name: 'signal', type: 'DOUBLE' },
    ],
    facts,
  );
  const hash = createHash('sha256');
  const refusals: Record<string, number> = {};
  let rows = 0;
  let predicted = 0;
  return {
    add(predictions) {
      const columns = [0, 1, 2, 3].map(() => new Float64Array(predictions.length));
      const records = new Float64Array(predictions.length * 4);
      predictions.forEach(({ time, probability, calibrated, signal, refusal }, i) => {
        [time, probability, calibrated, signal].forEach((value, k) => {
          columns[k][i] = value;
          records[i * 4 + k] = value;
        });
        if (refusal === undefined) predicted++;
        else refusals[refusal] = (refusals[refusal] ?? 0) + 1;
      });
      canonicalise(records, wordsOf(records), 0, records.length);
      hash.update(new Uint8Array(records.buffer));
      table.appendColumns(predictions.length, columns);
      rows += predictions.length;
    },
    report: () => ({ rows, predicted, refusals, digest: hash.copy().digest('hex') }),
    commit: () => table.commit(),
    abort: () => table.abort(),
  };
}
