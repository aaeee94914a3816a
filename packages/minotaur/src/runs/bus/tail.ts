/** `bus tail`: rows as they are written, each once. */
import { planOf } from 'minotaur-core/internal/config/engine';
import type { Row } from 'minotaur-core/internal/rows/row';
import { decodeRows } from '../../bus/codec/rows.ts';
import type { Log } from '../../bus/log/contract.ts';
import { createRowReader } from '../../bus/recovery/reader.ts';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import { nameBus, withLog, type BusOptions } from './open.ts';

/** What `bus tail` takes. */
export interface BusTailOptions extends BusOptions {
  /** Whose rows. */
  readonly config: ConfigArgument;
  /** From the first that the log has; from now on where false. */
  readonly fromStart?: boolean | undefined;
  /** Ends after so many rows. */
  readonly limit?: number | undefined;
  /** Is given each row, once, those of a chain in order. */
  readonly onRow: (row: TailedRow) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** A row and its name. */
interface TailedRow extends Row {
  /** Whose it is. */
  readonly chain: string;
  /** Which history of the chain. */
  readonly epoch: number;
  /** Rows of the epoch before it. */
  readonly ordinal: number;
}

/** What `bus tail` saw. */
export interface BusTailReport {
  /** New ones. */
  readonly rows: number;
  /** Rows that had come before, bit for bit. */
  readonly repeated: number;
}

/**
 * Follows the rows of a bus.
 * @throws {MinotaurError} where rows are missing, or a repeat has other bits
 */
export async function tailBus(options: BusTailOptions): Promise<BusTailReport> {
  const { config, limit = Infinity, onRow, signal, fromStart = false } = options;
  const plan = planOf((await resolveConfig(config)).config);
  const named = await nameBus(options, plan.schema.id);
  const enough = new AbortController();
  const end = AbortSignal.any([signal, enough.signal]);
  const seen = { rows: 0, repeated: 0 };
  await withLog(named, options, async (log) => {
    const partitions = await log.partitions('rows');
    const all = Array.from({ length: partitions }, async (_, partition) => {
      for await (const row of rowsOf(log, partition, fromStart, end, (count) => (seen.repeated += count))) {
        if (seen.rows >= limit) return;
        onRow(row);
        if (++seen.rows >= limit) enough.abort();
      }
    });
    await Promise.all(all);
  });
  return seen;
}

async function* rowsOf(
  log: Log,
  partition: number,
  fromStart: boolean,
  signal: AbortSignal,
  onRepeated: (count: number) => void,
): AsyncGenerator<TailedRow> {
  const { first: start, end } = await log.range('rows', partition);
  const reader = createRowReader(fromStart && start === 0 ? 'beginning' : 'anywhere');
  for await (const { records } of log.read('rows', partition, fromStart ? start : end, signal))
    for (const { value, offset } of records) {
      const where = `rows-${partition} at ${offset}`;
      const { chain, epoch, ...batch } = decodeRows(value, where);
      const { first, rows, repeated } = reader.take({ chain, epoch, ...batch }, where);
      onRepeated(repeated);
      for (const [i, row] of rows.entries()) yield { chain, epoch, ordinal: first + i, ...row };
    }
}
