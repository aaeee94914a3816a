/** `bus tail`: rows as they are written, each once; or predictions. */
import { callback, amount, flag, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { Row } from 'minotaur-core/internal/rows/row';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { abortSignal } from '../course/options.ts';
import { decodePredictions, decodeRows } from '../../bus/codec/rows.ts';
import type { Log, ReadBatch } from '../../bus/log/contract.ts';
import { createPredictionReader } from '../../bus/recovery/prediction-reader.ts';
import { createRowReader } from '../../bus/recovery/reader.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { nameBus, withLog, type BusOptions } from './open.ts';
import { readPredicting, type BusPredictingOptions, PREDICTING } from './predicting.ts';

/** What `bus tail` takes. */
export interface BusTailOptions extends BusOptions, BusPredictingOptions {
  /** Whose rows. */
  readonly config: ConfigArgument;
  /** From the first that the log has; from now on where false. */
  readonly fromStart?: boolean | undefined;
  /** Ends after so many rows. */
  readonly limit?: number | undefined;
  /** Is given each row, once, those of a chain in order. */
  readonly onRow?: ((row: TailedRow) => void) | undefined;
  /** In place of rows, where there are an artefact and a model: is given what they predicted. */
  readonly onPrediction?: ((prediction: TailedPrediction) => void) | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const TAIL = optionsOf<BusTailOptions>(
  { bus: textual, config: configArgument, signal: abortSignal },
  {
    settings: textual,
    onNote: callback,
    ...PREDICTING,
    fromStart: flag,
    limit: amount,
    onRow: callback,
    onPrediction: callback,
  },
);

/** What names a row. */
interface RowName {
  /** Whose it is. */
  readonly chain: string;
  /** Which history of the chain. */
  readonly epoch: number;
  /** Rows of the epoch before it. */
  readonly ordinal: number;
}

/** A row and its name. */
export interface TailedRow extends Row, RowName {}

/** What was predicted of a row, and the row's name. */
export interface TailedPrediction extends Prediction, RowName {}

/** What `bus tail` saw. */
export interface BusTailReport {
  /** New ones: rows, or predictions. */
  readonly rows: number;
  /** Those that had come before. */
  readonly repeated: number;
}

/**
 * Follows the rows of a bus, or what was predicted of them.
 * @throws {MinotaurError} where some are missing, or a repeated row has other bits
 */
export async function tailBus(options: BusTailOptions): Promise<BusTailReport> {
  requireKind('tailBus', TAIL, options);
  const { limit = Infinity, onRow, onPrediction, signal, fromStart = false } = options;
  const { config } = await resolveConfig(options.config);
  const by = readPredicting(options, config);
  const named = await nameBus(options, planOf(config).schema.id, by?.id);
  const enough = new AbortController();
  const end = AbortSignal.any([signal, enough.signal]);
  const seen = { rows: 0, repeated: 0 };
  const follow = async <T>(items: AsyncGenerator<T>, give: ((item: T) => void) | undefined): Promise<void> => {
    for await (const item of items) {
      if (seen.rows >= limit) return;
      give?.(item);
      if (++seen.rows >= limit) enough.abort();
    }
  };
  await withLog(named, options, async (log) => {
    const topic = by === undefined ? 'rows' : 'predictions';
    const all = Array.from({ length: await log.partitions(topic) }, async (_, partition) => {
      const order = { log, partition, fromStart, signal: end, onRepeated: (count: number) => (seen.repeated += count) };
      await (by === undefined ? follow(rowsOf(order), onRow) : follow(predictionsOf(order), onPrediction));
    });
    await Promise.all(all);
  });
  return seen;
}

interface TailOrder {
  readonly log: Log;
  readonly partition: number;
  readonly fromStart: boolean;
  readonly signal: AbortSignal;
  readonly onRepeated: (count: number) => void;
}

async function* rowsOf({ log, partition, fromStart, signal, onRepeated }: TailOrder): AsyncGenerator<TailedRow> {
  const { first: start, end } = await log.range('rows', partition);
  const reader = createRowReader(fromStart && start === 0 ? 'beginning' : 'anywhere');
  for await (const { value, where } of each(log.read('rows', partition, fromStart ? start : end, signal), partition)) {
    const { chain, epoch, ...batch } = decodeRows(value, `rows-${where}`);
    const { first, rows, repeated } = reader.take({ chain, epoch, ...batch }, `rows-${where}`);
    onRepeated(repeated);
    for (const [i, row] of rows.entries()) yield { chain, epoch, ordinal: first + i, ...row };
  }
}

async function* predictionsOf(order: TailOrder): AsyncGenerator<TailedPrediction> {
  const { log, partition, fromStart, signal, onRepeated } = order;
  const { first: start, end } = await log.range('predictions', partition);
  const reader = createPredictionReader();
  const batches = log.read('predictions', partition, fromStart ? start : end, signal);
  for await (const { value, where } of each(batches, partition)) {
    const batch = decodePredictions(value, `predictions-${where}`);
    const { first, predictions, repeated } = reader.take(batch, `predictions-${where}`);
    onRepeated(repeated);
    const { chain, epoch } = batch;
    for (const [i, prediction] of predictions.entries()) yield { chain, epoch, ordinal: first + i, ...prediction };
  }
}

/** Message by message, and where it stands. */
async function* each(batches: AsyncIterable<ReadBatch>, partition: number) {
  for await (const { records } of batches)
    for (const { value, offset } of records) yield { value, where: `${partition} at ${offset}` };
}
