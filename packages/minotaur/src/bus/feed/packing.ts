/** Reads messages of events into slabs, some ahead of whoever takes them. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { open, type Opened } from '../codec/envelope.ts';
import { MOST_EVENTS, placeEvents } from '../codec/events.ts';
import { createTradeMemory, type TradeMemory } from '../codec/trades.ts';
import type { LogRecord } from '../recovery/contract.ts';
import { joinTo } from './joining.ts';
import type { PackedBatch, PackedRecord } from './messages.ts';
import { createSlab, slabIn, type Slab } from './slab.ts';

/** Of a reading: one that is being taken, one that was taken and is given back with it, two that wait, one that is being filled. */
const SLABS = 5;
/** Trades of a slab, at first and at most, where no single message has more: 57 kB, 1.8 MB. Of half as many, waking each other costs a tenth. */
const FIRST_TRADES = 1024;
const MOST_TRADES = 32_768;
/** Batches after which slabs that are larger than four times the most of them are made anew: what caught up fills them, a venue does not. */
const WINDOW = 256;
/** Messages of one batch: of small ones, as a venue's are. */
const MOST_RECORDS = 256;

export interface Packing {
  /** Puts a record behind the others; where it has to wait until a slab has been taken, a promise of it. */
  add(record: LogRecord): Promise<void> | undefined;
  /** Sends what there is. */
  flush(): void;
  /** What was in slabs has been taken: they are filled again. */
  taken(slabs: readonly ArrayBuffer[]): void;
  /** Nobody takes any more: what waits is let go. */
  end(): void;
}

/** The slab that is being filled. */
interface Current {
  readonly slab: ArrayBuffer;
  /** Trades that it has room for. */
  readonly room: number;
  readonly memory: TradeMemory;
  /** Of this room: with all that messages count, though one of them was none. */
  used: number;
  readonly records: PackedRecord[];
}

/** Of the events of one partition; `where` names it in errors. */
export function createPacking(where: string, send: (batch: PackedBatch) => void): Packing {
  /** Those that nobody has; undefined where one has not been made yet. */
  const free: (Slab | undefined)[] = Array.from({ length: SLABS }, () => undefined);
  /** Told of a slab that is free. */
  let onFree = (): void => {};
  let wanted = FIRST_TRADES;
  let current: Current | undefined;
  let ended = false;
  /** Trades that a slab may have room for, where no message needs more. */
  let bound = MOST_TRADES;
  const window = { batches: 0, most: 0 };

  const { columns, numbers: none } = createTradeMemory();
  let numbers = none;

  async function begin(count: number): Promise<void> {
    if (free.length === 0) await new Promise<void>((resolve) => (onFree = resolve));
    if (ended) return;
    const slab = free.shift();
    const capacity = slab?.capacity ?? 0;
    const least = Math.max(count, wanted);
    const fits = slab !== undefined && capacity >= least && capacity <= Math.max(least, bound);
    const { memory, capacity: room, block, arrival } = fits ? slab : createSlab(least);
    if (numbers.length < room) numbers = new Float64Array(room);
    current = { slab: memory, room, memory: { block, arrival, numbers, used: 0, columns }, used: 0, records: [] };
  }
  /** Of a batch: how many trades it has. What slabs may hold grows at once, and shrinks with what a window of them needed. */
  function note(used: number): void {
    bound = Math.max(bound, 4 * used);
    window.most = Math.max(window.most, used);
    if (++window.batches < WINDOW) return;
    bound = Math.max(FIRST_TRADES, 4 * window.most);
    wanted = Math.min(wanted, bound);
    if (numbers.length > bound) numbers = none;
    Object.assign(window, { batches: 0, most: 0 });
  }
  function flush(): void {
    if (current === undefined) return;
    const { slab, used, records } = current;
    current = undefined;
    note(used);
    send({ slab, records });
  }
  function putIn(to: Current, record: LogRecord, opened: Opened | undefined): void {
    to.memory.used = to.used;
    put(to.records, packed(record, opened, to.memory));
    to.used += opened?.count ?? 0;
    if (to.records.length >= MOST_RECORDS || opened === undefined) flush();
  }
  async function putInNext(record: LogRecord, opened: Opened | undefined): Promise<void> {
    await begin(opened?.count ?? 0);
    if (current !== undefined) putIn(current, record, opened);
  }
  return {
    flush,
    add(record) {
      const opened = openEvents(record.value, where);
      if (current !== undefined && current.used + (opened?.count ?? 0) > current.room) {
        wanted = Math.min(2 * wanted, MOST_TRADES);
        flush();
      }
      if (current === undefined) return putInNext(record, opened);
      putIn(current, record, opened);
      return undefined;
    },
    taken(back) {
      free.push(...back.map(slabIn));
      onFree();
    },
    end() {
      ended = true;
      onFree();
    },
  };
}

/** Behind what is there, as part of the last where that goes on with it. */
function put(records: PackedRecord[], record: PackedRecord): void {
  const before = records.at(-1);
  const isEvents =
    before !== undefined && !(before.value instanceof Uint8Array) && !(record.value instanceof Uint8Array);
  if (!isEvents || record.key !== before.key || !joinTo(before.value, record.value)) records.push(record);
}

/** A message of events; undefined for all that is none, or says that it has too many: whoever takes it finds it as it is. */
function openEvents(value: Uint8Array, where: string): Opened | undefined {
  try {
    const opened = open(value, where);
    return opened.kind === 'events' && opened.count <= MOST_EVENTS ? opened : undefined;
  } catch (error) {
    if (error instanceof MinotaurError) return undefined;
    throw error;
  }
}

function packed({ offset, key, value }: LogRecord, opened: Opened | undefined, memory: TradeMemory): PackedRecord {
  // A copy: the memory of a view would be sent whole, and a Buffer's `slice` is one.
  const asItIs = (): PackedRecord => ({ offset, key, value: new Uint8Array(value) });
  if (opened === undefined) return asItIs();
  try {
    const { chain, epoch, first, instruments, events } = placeEvents(opened, memory, key);
    const { count } = opened;
    return {
      offset,
      key,
      value: { kind: 'events', chain, epoch, first, count, next: offset + 1, instruments, events },
    };
  } catch (error) {
    if (error instanceof MinotaurError) return asItIs();
    throw error;
  }
}
