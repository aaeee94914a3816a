/** Messages of rows, and of what was predicted from them. */
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import type { Row } from 'minotaur-core/internal/rows/row';
import { nodeHashing } from '../../node/hashing.ts';
import { createByteWriter } from './bytes.ts';
import { guarded, open, requireKind, seal, type Opened, type Unsealed } from './envelope.ts';

/** Rows are in a hurry. */
const LEVEL = 1;
const DIGEST = 32;

/** Which rows, or predictions of rows. */
export interface RowsOf {
  /** Of the chain, hex. */
  readonly schemaId: string;
  readonly chain: string;
  readonly epoch: number;
  /** Ordinal of the first; with chain, schema and epoch it names the row. */
  readonly first: number;
}

/** Rows of one chain, one after the other. */
export interface RowsBatch extends RowsOf {
  /** Version of Minotaur that made them. */
  readonly engineVersion: string;
  readonly rows: readonly Row[];
  /** State of the digest of all rows of the epoch, these included. */
  readonly digest: Uint8Array;
}

/** All of one width. */
export const encodeRows = (batch: Omit<RowsBatch, 'engineVersion'>): Uint8Array<ArrayBuffer> =>
  seal(unsealedRows(batch));

/** All of one width. */
export function unsealedRows({ rows, digest, ...of }: Omit<RowsBatch, 'engineVersion'>): Unsealed {
  const width = rows[0].values.length;
  const writer = createByteWriter(4 + rows.length * (9 + 8 * width) + DIGEST);
  writer.u32(width);
  for (const { time, values, ready, complete } of rows) {
    writer.f64(time);
    writer.u8((ready ? 1 : 0) + (complete ? 0 : 2));
    writer.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  writer.bytes(digest);
  return { head: { kind: 'rows', ...of, count: rows.length }, body: writer.done(), level: LEVEL };
}

/** @throws {MinotaurError} of kind `input` for what is no such message; `where` names it */
export function decodeRows(message: Uint8Array | Opened, where: string): RowsBatch {
  return guarded(where, () => {
    const opened = message instanceof Uint8Array ? open(message, where) : message;
    requireKind(opened, 'rows', where);
    const { schemaId, chain, epoch, first, count, engineVersion } = opened;
    const reader = opened.body();
    const width = reader.u32();
    if (count < 1 || count * (9 + 8 * width) + DIGEST !== reader.left) throw new RangeError('rows of another length');
    const rows = Array.from({ length: count }, (): Row => {
      const time = reader.f64();
      const flags = reader.u8();
      if (flags > 3) throw new RangeError(`flags of ${flags}`);
      return { time, values: reader.doubles(width), ready: flags % 2 === 1, complete: flags < 2 };
    });
    return { schemaId, chain, epoch, first, engineVersion, rows, digest: reader.bytes(DIGEST).slice() };
  });
}

/** State of the digest of rows, `rows` added to those whose state was `from`; the first of all where there were none. */
export function digestAfter(rows: readonly Row[], from: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const digest = createRowDigest(nodeHashing, from);
  for (const { time, values, ready, complete } of rows) {
    const flags = { ready: Float64Array.of(+ready), complete: Float64Array.of(+complete) };
    digest.add({ count: 1, width: values.length, time: Float64Array.of(time), values, ...flags });
  }
  return digest.state();
}

/** Predictions of consecutive rows. */
export interface PredictionsBatch extends RowsOf {
  readonly engineVersion: string;
  readonly predictions: readonly Prediction[];
}

export const encodePredictions = (batch: Omit<PredictionsBatch, 'engineVersion'>): Uint8Array<ArrayBuffer> =>
  seal(unsealedPredictions(batch));

export function unsealedPredictions({ predictions, ...of }: Omit<PredictionsBatch, 'engineVersion'>): Unsealed {
  const writer = createByteWriter(64 + 48 * predictions.length);
  for (const { time, probability, calibrated, signal, complete, refusal = '' } of predictions) {
    for (const value of [time, probability, calibrated, signal]) writer.f64(value);
    writer.u8(complete ? 1 : 0);
    writer.text(refusal);
  }
  return { head: { kind: 'predictions', ...of, count: predictions.length }, body: writer.done(), level: LEVEL };
}

/** @throws {MinotaurError} of kind `input` for what is no such message; `where` names it */
export function decodePredictions(message: Uint8Array | Opened, where: string): PredictionsBatch {
  return guarded(where, () => {
    const opened = message instanceof Uint8Array ? open(message, where) : message;
    requireKind(opened, 'predictions', where);
    const { schemaId, chain, epoch, first, count, engineVersion } = opened;
    const reader = opened.body();
    const predictions: Prediction[] = [];
    while (reader.left > 0) {
      const [time, probability, calibrated, signal] = reader.doubles(4);
      const complete = reader.u8() === 1;
      const refusal = reader.text();
      predictions.push({ time, probability, calibrated, signal, complete, ...(refusal === '' ? {} : { refusal }) });
    }
    if (predictions.length !== count) throw new RangeError(`other than the ${count} predictions of its head`);
    return { schemaId, chain, epoch, first, engineVersion, predictions };
  });
}
