/**
 * One partition of a bus as its owner works it: events in, messages out, and nothing of clocks, sockets or files. Whoever owns it reads
 * for it, writes what it says is to be written, and tells it what is written; that may end at any step, and another owner goes on.
 *
 * What holds at every step: a snapshot is written only once all rows that it covers are in the log, and rows are written in order, one
 * write at a time, each until it is known to be in the log. So whatever owners do, a reader that drops ordinals that it has gets
 * every row, once, in order.
 */
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Row } from 'minotaur-core/internal/rows/row';
import { open, requireKind } from '../codec/envelope.ts';
import { decodeEvents, type EventBatch } from '../codec/events.ts';
import { digestAfter, encodePredictions, encodeRows, type RowsOf } from '../codec/rows.ts';
import { encodeSnapshot } from '../codec/snapshots.ts';
import type { LogRecord, OpenChain, Outgoing, Taken, WorkedChain, Write } from './contract.ts';
import type { Place } from './place.ts';

/** Rows of one message, at most: 64 of 872 columns are 450 KB. */
const ROWS_A_MESSAGE = 64;
/** Bytes of one write, at most, its last message aside. */
const WRITE_BYTES = 1024 * 1024;
/** Each takes a millisecond or more to write, which events wait for. */
const SNAPSHOTS_A_WRITE = 4;
/** After so many turns a chain without events gets a snapshot too, so that its newest is never far back. */
const IDLE_CHECKPOINTS = 16;

export interface ShardOptions {
  /** Names the partition in errors: topic and number. */
  readonly where: string;
  readonly schemaId: string;
  readonly open: OpenChain;
  readonly place: Place;
  /** Of the first event to be read: that of the place, or later where the log was cut behind what is covered. */
  readonly from: number;
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
  /** Events that were there already, or are of an epoch that is over. */
  readonly repeated: number;
  /** Events that their chains refused. */
  readonly refused: number;
  readonly snapshots: number;
}

/** A partition that is being worked. */
export interface Shard {
  /** Offset of the next event to be read. */
  readonly position: number;
  /** Names of its chains, in the order in which they came up. */
  chains(): readonly string[];
  /** Chains that take no more until another epoch of theirs begins. */
  halted(): readonly Halted[];
  counts(): ShardCounts;
  /** Takes the next event of the log. One after the other, each awaited. */
  take(record: LogRecord): Promise<void>;
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

/** A snapshot that has been taken. */
interface Held {
  readonly chain: ChainWork;
  /** Messages that were to be written before it. */
  readonly after: number;
  readonly of: RowsOf;
  readonly events: number;
  readonly offset: number;
  readonly digest: Uint8Array;
  readonly state: ReturnType<WorkedChain['state']>;
}

interface ChainWork {
  readonly name: string;
  epoch: number;
  worked: WorkedChain;
  events: number;
  rows: number;
  digest: Uint8Array | undefined;
  /** Offset of its first event that is in no snapshot that the log has; Infinity where all are. */
  need: number;
  /** The same behind the snapshot that is held. */
  needBehind: number;
  /** Where its newest snapshot stands; undefined before the first. */
  snapshotAt: number | undefined;
  isHeld: boolean;
  /** Checkpoints since its newest snapshot. */
  idle: number;
  halted: MinotaurError | undefined;
}

/** The shard of a partition that goes on at a place. */
export function createShard({ where, schemaId, open: openChain, place, from }: ShardOptions): Shard {
  const chains = new Map<string, ChainWork>();
  const counts = { events: 0, rows: 0, repeated: 0, refused: 0, snapshots: 0 };
  let position = from;
  /** Rows to be written, and how many of these messages are being written; all before are in the log. */
  let outbox: Outgoing[] = [];
  let writing = 0;
  let written = 0;
  let waiting = 0;
  let held: Held[] = [];
  let storing: Held[] = [];
  /** Whose turn it is to be looked at. */
  let turn = 0;

  function start(name: string, epoch: number, known?: ChainWork): ChainWork {
    const cold = { epoch, worked: openChain(name, epoch, undefined), events: 0, rows: 0, digest: undefined };
    if (known !== undefined) return Object.assign(known, cold, { halted: undefined });
    const rest = { need: Infinity, needBehind: Infinity, snapshotAt: undefined, isHeld: false, idle: 0 };
    const chain: ChainWork = { name, ...cold, ...rest, halted: undefined };
    chains.set(name, chain);
    return chain;
  }

  for (const snapshot of place.chains.values()) {
    const { chain: name, epoch, engine, predictor, events, first: rows, digest, at } = snapshot;
    const worked = openChain(name, epoch, { engine, predictor });
    const rest = { need: Infinity, needBehind: Infinity, snapshotAt: at, isHeld: false, idle: 0, halted: undefined };
    chains.set(name, { name, epoch, worked, events, rows, digest, ...rest });
  }

  function queue(topic: Outgoing['topic'], key: string, value: Uint8Array): void {
    outbox.push({ topic, key, value });
    waiting += value.length;
  }

  function emit(chain: ChainWork, { rows, predictions }: Taken): void {
    for (let at = 0; at < rows.length; at += ROWS_A_MESSAGE) {
      const some: readonly Row[] = rows.slice(at, at + ROWS_A_MESSAGE);
      const of = { schemaId, chain: chain.name, epoch: chain.epoch, first: chain.rows };
      chain.digest = digestAfter(some, chain.digest);
      queue('rows', chain.name, encodeRows({ ...of, rows: some, digest: chain.digest }));
      const said = predictions.slice(at, at + ROWS_A_MESSAGE);
      if (said.length > 0) queue('predictions', chain.name, encodePredictions({ ...of, predictions: said }));
      chain.rows += some.length;
    }
    counts.rows += rows.length;
  }

  /** The chain that takes a message, and how many of its events it has; undefined where it is over or repeated. */
  function ownerOf(name: string, epoch: number, first: number, count: number): ChainWork | undefined {
    let chain = chains.get(name);
    if (chain === undefined || epoch > chain.epoch) chain = start(name, epoch, chain);
    const isOver = epoch < chain.epoch || first + count <= chain.events;
    if (isOver) counts.repeated += count;
    return isOver ? undefined : chain;
  }

  async function takeWhole(record: LogRecord, here: string): Promise<void> {
    const opened = open(record.value, here);
    requireKind(opened, 'events', here);
    const { chain: name, epoch, first, count } = opened;
    if (record.key !== name) fail('input', here, `the key ${name}`, `'${record.key}'`);
    const chain = ownerOf(name, epoch, first, count);
    if (chain === undefined) return;
    note(chain, record.offset);
    if (chain.halted !== undefined) return;
    try {
      if (first > chain.events) missing(chain, first, here);
      await apply(chain, decodeEvents(opened, here));
    } catch (error) {
      if (!(error instanceof MinotaurError)) throw error;
      chain.halted = error;
    }
  }

  async function apply(chain: ChainWork, batch: EventBatch): Promise<void> {
    const skip = chain.events - batch.first;
    const taken = await chain.worked.take(batch, skip);
    const count = countsOf(batch);
    counts.repeated += skip;
    counts.events += count - skip;
    counts.refused += taken.refused;
    chain.events = batch.first + count;
    emit(chain, taken);
  }

  /** An event of it is in no snapshot yet. */
  function note(chain: ChainWork, offset: number): void {
    if (chain.isHeld) chain.needBehind = Math.min(chain.needBehind, offset);
    chain.need = Math.min(chain.need, offset);
  }

  function checkpoint(most = chains.size): void {
    const all = [...chains.values()];
    for (let k = 0; k < Math.min(most, all.length); k++) {
      const chain = all[turn++ % all.length];
      if (chain.isHeld || chain.halted !== undefined) continue;
      const isIdle = chain.need === Infinity;
      if (isIdle && ++chain.idle < IDLE_CHECKPOINTS) continue;
      const of = { schemaId, chain: chain.name, epoch: chain.epoch, first: chain.rows };
      const digest = chain.digest ?? digestAfter([], undefined);
      const { events, worked } = chain;
      // It has taken all its events before the position.
      const after = written + outbox.length;
      held.push({ chain, after, of, events, offset: position, digest, state: worked.state() });
      chain.isHeld = true;
      chain.needBehind = Infinity;
      chain.idle = 0;
    }
  }

  /** Offset before which every event is in a snapshot that the log has. */
  function covered(): number {
    let least = position;
    for (const { need } of chains.values()) least = Math.min(least, need);
    return least;
  }

  function floor(): number {
    let least = place.end;
    for (const { snapshotAt } of chains.values()) least = Math.min(least, snapshotAt ?? least);
    return least;
  }

  return {
    get position() {
      return position;
    },
    get waiting() {
      return waiting;
    },
    get settled() {
      return outbox.length === 0 && held.length === 0 && storing.length === 0;
    },
    chains: () => [...chains.keys()],
    halted: () =>
      [...chains.values()].flatMap(({ name, halted: reason }) =>
        reason === undefined ? [] : [{ chain: name, reason }],
      ),
    counts: () => ({ ...counts }),
    async take(record) {
      if (record.offset < position) return;
      await takeWhole(record, `${where} at ${record.offset}`);
      position = record.offset + 1;
    },
    checkpoint,
    nextRows() {
      if (writing > 0 || outbox.length === 0) return undefined;
      for (let bytes = 0; writing < outbox.length && bytes < WRITE_BYTES; writing++)
        bytes += outbox[writing].value.length;
      return { messages: outbox.slice(0, writing) };
    },
    rowsWritten() {
      for (const { value } of outbox.slice(0, writing)) waiting -= value.length;
      outbox = outbox.slice(writing);
      written += writing;
      writing = 0;
    },
    nextSnapshots() {
      if (storing.length > 0) return undefined;
      storing = held.filter(({ after }) => after <= written).slice(0, SNAPSHOTS_A_WRITE);
      if (storing.length === 0) return undefined;
      held = held.filter((one) => !storing.includes(one));
      const place = { covered: covered(), floor: floor() };
      const messages = storing.map(({ of, events, offset, digest, state }): Outgoing => {
        return {
          topic: 'snapshots',
          key: of.chain,
          value: encodeSnapshot({ ...of, events, offset, digest, ...state, ...place }),
        };
      });
      return { messages };
    },
    snapshotsWritten(offsets) {
      storing.forEach(({ chain }, i) => {
        chain.snapshotAt = offsets[i];
        chain.need = chain.needBehind;
        chain.isHeld = false;
      });
      counts.snapshots += storing.length;
      storing = [];
    },
  };
}

function missing(chain: ChainWork, first: number, here: string): never {
  const { name, epoch, events } = chain;
  const expected = `the event of ${name} after ${events} of epoch ${epoch}`;
  return fail('input', here, expected, `the one after ${first}: ${first - events} are missing`);
}

function countsOf({ events }: EventBatch): number {
  return events.reduce((sum, event) => sum + (event.kind === 'trades' ? event.block.length : 1), 0);
}
