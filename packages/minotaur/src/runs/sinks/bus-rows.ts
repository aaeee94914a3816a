/** Rows of one partition of a bus as a store takes them: each once, in order, from where the store is. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Row } from 'minotaur-core/internal/rows/row';
import { decodeRows, type RowsBatch } from '../../bus/codec/rows.ts';
import type { Log, LogRange } from '../../bus/log/contract.ts';
import { createRowReader, type RowHead } from '../../bus/recovery/reader.ts';
import type { LogRecord } from '../../bus/recovery/contract.ts';
import type { StorePlace } from '../../sinks/row-store.ts';
import type { SinkBlock } from '../../sinks/sink-rows.ts';

/** Rows of a chain that follow each other. */
export interface RowRun {
  readonly chain: string;
  readonly epoch: number;
  /** Ordinal of the first. */
  readonly first: number;
  readonly rows: Row[];
}

export interface PartitionRows {
  readonly partition: number;
  /** Offset from which on it is to be read. */
  readonly from: number;
  /** Offset behind the newest message there was. */
  readonly end: number;
  /** Takes the next message; gives what of it is new. @throws {MinotaurError} where rows are missing */
  take(record: LogRecord): RowRun;
  /** What has been taken, as the store keeps it; undefined where that is nothing. */
  place(): StorePlace | undefined;
}

/** What a store keeps of a partition beside the offset. */
interface PlaceState {
  /** Rows of the message before the place. */
  readonly last: string;
  readonly heads: Readonly<Record<string, RowHead>>;
}

/**
 * Goes on where a store is: from the message before on, by which the log is known again.
 * @throws {MinotaurError} where the log has lost rows that the store has not got, or is another one
 */
export async function partitionRows(
  log: Log,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  place: StorePlace | undefined,
  signal?: AbortSignal,
): Promise<PartitionRows> {
  const { first, end } = await log.range('rows', partition, signal);
  const where = `${topic}-${partition}`;
  const { last, heads: known } = stateOf(place);
  const from = place === undefined ? first : fromOf(place, { first, end }, where);
  const heads = new Map(Object.entries(known));
  const isWhole = place === undefined && first === 0;
  const reader = createRowReader(isWhole ? 'beginning' : 'anywhere', heads);
  let next = from;
  let newest = last;
  return {
    partition,
    from,
    end,
    take({ value, offset }) {
      const at = `${where} at ${offset}`;
      const batch = decodeRows(value, at);
      const { chain, epoch } = batch;
      const name = nameOf(batch);
      if (place !== undefined && offset < place.next && name !== last)
        fail('state', at, `${last}, behind which the store goes on`, `${name}: another bus of this name`);
      const { first: begin, rows } = reader.take(batch, at);
      const head = reader.next(chain);
      if (head !== undefined) heads.set(chain, head);
      [next, newest] = [offset + 1, name];
      return { chain, epoch, first: begin, rows: [...rows] };
    },
    place() {
      if (next === from) return undefined;
      const state: PlaceState = { last: newest, heads: Object.fromEntries(heads) };
      return { next, state: JSON.stringify(state) };
    },
  };
}

const nameOf = ({ chain, epoch, first, rows, digest }: RowsBatch): string =>
  `the rows of ${chain} up to ${first + rows.length}, epoch ${epoch}, digest ${Buffer.from(digest).toString('hex').slice(0, 16)}`;

function stateOf(place: StorePlace | undefined): PlaceState {
  return place === undefined ? { last: '', heads: {} } : (JSON.parse(place.state) as PlaceState);
}

function fromOf({ next }: StorePlace, { first, end }: LogRange, where: string): number {
  if (next > end)
    fail('state', where, `messages up to ${next}, as the store had them`, `${end}: another bus of this name`);
  if (next < first)
    fail('input', where, `message ${next}, which the store has not got`, `${first} is the first: rows are lost`);
  return Math.max(first, next - 1);
}

/** Appends a run to others; rows that follow those before of their chain are of one run with them. */
export function addRun(runs: Map<string, RowRun[]>, run: RowRun): void {
  if (run.rows.length === 0) return;
  const own = runs.get(run.chain);
  const before = own?.at(-1);
  if (own === undefined) runs.set(run.chain, [run]);
  else if (before?.epoch === run.epoch && before.first + before.rows.length === run.first)
    for (const row of run.rows) before.rows.push(row);
  else own.push(run);
}

/** A run as a store takes it. */
export function blockOf({ epoch, first, rows }: RowRun): SinkBlock {
  const width = rows[0].values.length;
  const values = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) values.set(row.values, i * width);
  return {
    count: rows.length,
    width,
    epoch,
    ordinal: first,
    time: Float64Array.from(rows, ({ time }) => time),
    ready: Float64Array.from(rows, ({ ready }) => Number(ready)),
    complete: Float64Array.from(rows, ({ complete }) => Number(complete)),
    values,
  };
}
