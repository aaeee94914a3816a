/**
 * One partition of a bus as its owner works it: events in, messages out, and nothing of clocks, sockets or files. Whoever owns it reads
 * for it, writes what it says is to be written, and tells it what is written; that may end at any step, and another owner goes on.
 *
 * What holds at every step: a snapshot is written only once all rows that it covers are in the log, and rows are written in order, one
 * write at a time, each until it is known to be in the log. So whatever owners do, a reader that drops ordinals that it has gets
 * every row, once, in order.
 */
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { open, requireKind, type Opened } from '../codec/envelope.ts';
import { countOf, createEventReader, type EventBatch } from '../codec/events.ts';
import { decodeSnapshot } from '../codec/snapshots.ts';
import { digestAfter } from '../codec/rows.ts';
import { beginEpoch, goOn, noteEvent, putState, type ChainWork } from './chain-work.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { ArrivedRecord, OpenChain, ReadEvents, Taken, Write } from './contract.ts';
import { createOutbox, ROWS_A_MESSAGE, type Outbox } from './outbox.ts';
import type { Place } from './place.ts';

export interface ShardOptions {
  /** Names the partition in errors: topic and number. */
  readonly where: string;
  readonly schemaId: string;
  readonly open: OpenChain;
  readonly place: Place;
  /** Of the first event to be read: that of the place, or later where the log was cut behind what is covered. */
  readonly from: number;
  /** Told of a chain that takes no more. */
  readonly onHalted?: ((halted: Halted) => void) | undefined;
}

/** Why a chain takes no more. */
export interface Halted {
  readonly chain: string;
  readonly reason: MinotaurError;
}

/** What was done, since the shard began. */
export interface ShardCounts {
  readonly events: number;
  readonly rows: number;
  readonly predictions: number;
  /** Of these, those that say why there is none. */
  readonly unpredicted: number;
  /** Events that were there already, or are of an epoch that is over. */
  readonly repeated: number;
  /** Events that their chains refused. */
  readonly refused: number;
  readonly snapshots: number;
  /** Time of the newest row, microseconds; undefined before the first. */
  readonly newestRow: number | undefined;
}

/** Of a shard that has just begun. */
export const NO_COUNTS: ShardCounts = {
  events: 0,
  rows: 0,
  predictions: 0,
  unpredicted: 0,
  repeated: 0,
  refused: 0,
  snapshots: 0,
  newestRow: undefined,
};

/** A partition that is being worked. */
export interface Shard {
  /** Offset of the next event to be read. */
  readonly position: number;
  /** Every event before this offset is in a snapshot that the log has. */
  readonly covered: number;
  /** Names of its chains, in the order in which they came up. */
  chains(): readonly string[];
  /** Chains that take no more until another epoch of theirs begins. */
  halted(): readonly Halted[];
  counts(): ShardCounts;
  /** Takes the next event of the log. One after the other, each awaited. */
  take(record: ArrivedRecord): Promise<void>;
  /**
   * Takes snapshots of those of the next `most` chains, all in turn, that have come further; they are written once their rows are. Not
   * while an event is being taken.
   */
  checkpoint(most?: number): void;
  /** The rows to be written next; undefined while there are none, and while some are being written. */
  nextRows(): Write | undefined;
  /** The log has what {@link nextRows} gave. */
  rowsWritten(): void;
  /** Snapshots to be written next, a few; undefined while there are none, and while some are being written. */
  nextSnapshots(): Write | undefined;
  /** The log has what {@link nextSnapshots} gave, at these offsets. */
  snapshotsWritten(offsets: readonly number[]): void;
  /** Bytes of rows that are still to be written. */
  readonly waiting: number;
  /** Whether nothing is to be written, or being written. */
  readonly settled: boolean;
}

export type Counts = { -readonly [K in keyof ShardCounts]: ShardCounts[K] };

/** The shard of a partition that goes on at a place. */
export function createShard({ where, schemaId, open: openChain, place, from, onHalted }: ShardOptions): Shard {
  const chains = new Map([...place.chains.values()].map((one) => [one.chain, goOn(openChain, one)]));
  const counts: Counts = { ...NO_COUNTS };
  const outbox = createOutbox();
  const readEvents = createEventReader();
  const checkpoints = createCheckpoints({ schemaId, chains, outbox, end: place.end });
  let position = from;

  /** The chain that takes a message; undefined where it is of an epoch that is over, or repeated. */
  function ownerOf({ chain: name, epoch, first, count }: Opened | ReadEvents): ChainWork | undefined {
    let chain = chains.get(name);
    if (chain === undefined || epoch > chain.epoch)
      chains.set(name, (chain = beginEpoch(openChain, name, epoch, chain)));
    const isOver = epoch < chain.epoch || first + count <= chain.events;
    if (isOver) counts.repeated += count;
    return isOver ? undefined : chain;
  }

  async function takeWhole({ offset, key, value }: ArrivedRecord, here: string): Promise<void> {
    const opened = value instanceof Uint8Array ? open(value, here) : value;
    if (key !== opened.chain) fail('input', here, `the key ${opened.chain}`, `'${key}'`);
    if (opened.kind === 'snapshot')
      return beginInState(opened, { chains, schemaId, openChain, offset, onHalted }, here);
    if (!('events' in opened)) requireKind(opened, 'events', here);
    const chain = ownerOf(opened);
    // What it will never take is not waited for: it would keep the others' events from ever being done with.
    if (chain === undefined || chain.halted !== undefined) return;
    try {
      if (opened.first > chain.events) missing(chain, opened.first, here);
      const batch = 'events' in opened ? opened : readEvents(opened, here);
      noteEvent(chain, offset);
      emit(await apply(chain, batch, counts), chain, schemaId, outbox);
    } catch (error) {
      if (!(error instanceof MinotaurError)) throw error;
      chain.halted = error;
      onHalted?.({ chain: chain.name, reason: error });
    }
  }

  return {
    get position() {
      return position;
    },
    get covered() {
      return checkpoints.covered(position);
    },
    get waiting() {
      return outbox.waiting;
    },
    get settled() {
      return outbox.added === outbox.done && checkpoints.settled;
    },
    chains: () => [...chains.keys()],
    halted: () =>
      [...chains.values()].flatMap(({ name, halted: reason }) =>
        reason === undefined ? [] : [{ chain: name, reason }],
      ),
    counts: () => ({ ...counts }),
    async take(record) {
      const next = record.value instanceof Uint8Array ? record.offset + 1 : record.value.next;
      if (next <= position) return;
      await takeWhole(record, `${where} at ${record.offset}`);
      position = next;
    },
    checkpoint: (most = chains.size) => checkpoints.take(most, position),
    nextRows: () => outbox.next(),
    rowsWritten: () => outbox.written(),
    nextSnapshots: () => checkpoints.next(position),
    snapshotsWritten(offsets) {
      checkpoints.written(offsets);
      counts.snapshots += offsets.length;
    },
  };
}

interface Beginning {
  readonly chains: Map<string, ChainWork>;
  readonly schemaId: string;
  readonly openChain: OpenChain;
  readonly offset: number;
  readonly onHalted: ShardOptions['onHalted'];
}

/** An epoch begins behind what its source had taken before; chains of other rows begin it cold. */
function beginInState(opened: Opened, beginning: Beginning, here: string): void {
  const { chains, schemaId, openChain, offset, onHalted } = beginning;
  const { chain: name, epoch, schemaId: of } = opened;
  const known = chains.get(name);
  if (of !== schemaId || (known !== undefined && epoch <= known.epoch)) return;
  const chain = beginEpoch(openChain, name, epoch, known);
  chains.set(name, chain);
  // Events before this are no more needed: what begins the epoch is, until a snapshot has it.
  noteEvent(chain, offset);
  // A snapshot of a chain that has not come into the state would say that the epoch began cold.
  chain.isWhole = false;
  try {
    putState(openChain, chain, decodeSnapshot(opened, here));
    chain.isWhole = true;
  } catch (error) {
    if (!(error instanceof MinotaurError)) throw error;
    chain.halted = error;
    onHalted?.({ chain: name, reason: error });
  }
}

async function apply(chain: ChainWork, batch: EventBatch, counts: Counts): Promise<Taken> {
  const skip = chain.events - batch.first;
  chain.isWhole = false;
  const taken = await chain.worked.take(batch, skip);
  chain.isWhole = true;
  const count = batch.events.reduce((sum, event) => sum + countOf(event), 0);
  counts.repeated += skip;
  counts.events += count - skip;
  counts.refused += taken.refused;
  counts.rows += taken.rows.length;
  counts.predictions += taken.predictions.length;
  counts.unpredicted += taken.predictions.filter(({ refusal }) => refusal !== undefined).length;
  counts.newestRow = newestOf(counts.newestRow, taken.rows.at(-1)?.time);
  chain.events = batch.first + count;
  return taken;
}

/** The later of two times; undefined where neither is known. */
export function newestOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function emit(taken: Taken, chain: ChainWork, schemaId: string, outbox: Outbox): void {
  for (let at = 0; at < taken.rows.length; at += ROWS_A_MESSAGE) {
    const rows = taken.rows.slice(at, at + ROWS_A_MESSAGE);
    const predictions = taken.predictions.slice(at, at + ROWS_A_MESSAGE);
    chain.digest = digestAfter(rows, chain.digest);
    const of = { schemaId, chain: chain.name, epoch: chain.epoch, first: chain.rows };
    outbox.add({ of, rows, predictions, digest: chain.digest });
    chain.rows += rows.length;
  }
}

function missing(chain: ChainWork, first: number, here: string): never {
  const { name, epoch, events } = chain;
  const expected = `the event of ${name} after ${events} of epoch ${epoch}`;
  return fail('input', here, expected, `the one after ${first}: ${first - events} are missing`);
}
