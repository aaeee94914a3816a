/**
 * A table of rows that a thread writes: rows are put into a ring that both see, so that a chain goes on while its rows are
 * compressed. The thread begins once the ring is full; rows that fit into it are written by the caller, who would wait longer for a
 * thread to begin. What is written is the same. The file is one of a directory that is hidden until all of it is durable.
 */
import { MinotaurError, type ErrorFacts, type ErrorKind } from 'minotaur-core/internal/base/errors';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { runInWorker } from '../../node/worker.ts';
import type { TableRoom } from './table-room.ts';
import { createTableWriter, type TableColumn, type TableWriter } from './table-writer.ts';

export interface RowTable {
  /** Appends rows. @throws what came of writing those before */
  add(rows: RowBlock): void;
  /** Finishes the file. */
  commit(): void;
  /** Removes what was written; nothing happens after `commit`. */
  abort(): void;
}

export interface RowTableOrder {
  readonly path: string;
  /** BIGINT for the time, VARCHAR for the symbol, DOUBLE for each value, BOOLEAN for whether it is ready and complete. */
  readonly columns: readonly TableColumn[];
  /** Of every row. */
  readonly symbol: string;
  readonly groupBytes: number;
}

/** Pieces of the ring, and bytes of each, about: while a page is compressed the chain fills the rest. */
const SLOTS = 8;
const SLOT_BYTES = 1 << 22;
/** Of what went wrong in the thread. */
const SAID_BYTES = 1 << 16;

/** Words of the control block; a count of rows for each slot behind them. */
const [WRITTEN, TAKEN, ASKED, STATE, SAID, PUT, GOT, COUNTS] = [0, 1, 2, 3, 4, 5, 6, 7];
const [COMMIT, ABORT] = [1, 2];
const [DONE, FAILED] = [1, 2];

/** Milliseconds until a thread is looked at again, and how often in vain: it may have died without a word. */
const LOOK = 10_000;
const LOOKS = 60;

interface Ring {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly said: Uint8Array<SharedArrayBuffer>;
  /** Of each slot. One is made when it is first written: all of them are cleared memory, which a table of few rows would not touch. */
  readonly slots: (Float64Array<SharedArrayBuffer> | undefined)[];
  /** Values of a row. */
  readonly width: number;
  /** Rows of a slot. */
  readonly rows: number;
}

interface Task extends RowTableOrder {
  readonly ring: Ring;
}

function createRing(width: number): Ring {
  const rows = Math.max(1, Math.floor(SLOT_BYTES / (8 * (width + 3))));
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
  return {
    control: new Int32Array(shared(4 * (COUNTS + SLOTS))),
    said: new Uint8Array(shared(SAID_BYTES)),
    slots: new Array<undefined>(SLOTS).fill(undefined),
    width,
    rows,
  };
}

/** The columns of slot `k`. */
function slotOf({ slots, width, rows }: Ring, k: number): Omit<RowBlock, 'count'> {
  const values = (slots[k] ??= new Float64Array(new SharedArrayBuffer(8 * rows * (width + 3))));
  const column = (c: number): Float64Array => values.subarray(c * rows, (c + 1) * rows);
  return { width, time: column(0), ready: column(1), complete: column(2), values: values.subarray(3 * rows) };
}

/** Says that word `at` has changed to whoever waits for `event`. */
function tell(control: Int32Array, event: number): void {
  Atomics.add(control, event, 1);
  Atomics.notify(control, event);
}

function createTable({ path, columns, groupBytes }: RowTableOrder, room?: TableRoom): TableWriter {
  return createTableWriter(path, columns, { groupBytes, isInside: true, room });
}

/** Takes every slot that was written into the table. */
function takeSlots(table: TableWriter, { symbol, ring }: Task): void {
  const { control } = ring;
  let waiting = 0;
  for (let k = Atomics.load(control, TAKEN); k < Atomics.load(control, WRITTEN); k++)
    waiting += control[COUNTS + (k % SLOTS)];
  table.reserve(waiting);
  for (;;) {
    const taken = Atomics.load(control, TAKEN);
    if (taken === Atomics.load(control, WRITTEN)) return;
    const k = taken % SLOTS;
    const { time, values, width, ready, complete } = slotOf(ring, k);
    table.appendRows(control[COUNTS + k], time, symbol, values, width, [ready, complete]);
    Atomics.add(control, TAKEN, 1);
    tell(control, GOT);
  }
}

/** What the thread does; found by name. @public */
export async function writeRowTable(task: Task): Promise<void> {
  const { control, said } = task.ring;
  const end = (state: number): void => {
    Atomics.store(control, STATE, state);
    tell(control, GOT);
  };
  try {
    const table = createTable(task);
    try {
      for (;;) {
        const seen = Atomics.load(control, PUT);
        const asked = Atomics.load(control, ASKED);
        if (asked === ABORT) break;
        takeSlots(table, task);
        if (asked === COMMIT) break;
        Atomics.wait(control, PUT, seen);
      }
      if (Atomics.load(control, ASKED) === COMMIT) table.commit();
    } finally {
      // Nothing happens behind a commit.
      table.abort();
    }
    end(DONE);
  } catch (error) {
    const { kind = 'internal', facts, message } = error as Partial<MinotaurError> & Error;
    const text = new TextEncoder().encode(JSON.stringify({ kind, facts, message })).subarray(0, SAID_BYTES);
    said.set(text);
    Atomics.store(control, SAID, text.length);
    end(FAILED);
  }
  return Promise.resolve();
}

/** What went wrong in the thread, as it would have been thrown here. */
function failureOf({ control, said }: Ring): Error {
  const text = new TextDecoder().decode(said.slice(0, Atomics.load(control, SAID)));
  const found = JSON.parse(text) as { kind: ErrorKind; facts?: ErrorFacts; message: string };
  return found.facts === undefined ? new Error(found.message) : new MinotaurError(found.kind, found.facts);
}

/** Waits until `holds`, which the thread makes true. @throws what went wrong there */
function waitFor(ring: Ring, path: string, holds: () => boolean): void {
  const { control } = ring;
  for (let looks = 0; ;) {
    const seen = Atomics.load(control, GOT);
    if (Atomics.load(control, STATE) === FAILED) throw failureOf(ring);
    if (holds()) return;
    if (Atomics.wait(control, GOT, seen, LOOK) !== 'timed-out') looks = 0;
    else if (++looks === LOOKS) throw new Error(`the thread that writes ${path} has not said anything for ten minutes`);
  }
}

/**
 * Starts the file, in a directory that is there.
 * @param room as the table writer has it, as long as no thread writes
 * @throws {MinotaurError} where the place cannot be written
 */
export function createRowTable(order: RowTableOrder, room?: TableRoom): RowTable {
  const ring = createRing(order.columns.length - 4);
  const task: Task = { ...order, ring };
  const { control } = ring;
  const slots: Omit<RowBlock, 'count'>[] = [];
  /** As long as there is no thread. */
  let own: TableWriter | undefined = createTable(order, room);
  let over = false;
  let held = 0;
  const start = (): void => {
    own?.abort();
    own = undefined;
    // What comes of it is in the ring.
    runInWorker(import.meta.url, { writeRowTable }, task, { room: 'small' }).catch(() => undefined);
  };
  const publish = (): void => {
    control[COUNTS + (control[WRITTEN] % SLOTS)] = held;
    held = 0;
    Atomics.add(control, WRITTEN, 1);
    tell(control, PUT);
    const isFull = (): boolean => control[WRITTEN] - Atomics.load(control, TAKEN) === SLOTS;
    if (!isFull()) return;
    if (own !== undefined) start();
    waitFor(ring, order.path, () => !isFull());
  };
  const ask = (what: number): void => {
    over = true;
    Atomics.store(control, ASKED, what);
    tell(control, PUT);
    waitFor(ring, order.path, () => Atomics.load(control, STATE) === DONE);
  };
  return {
    add({ count, time, values, width, ready, complete }) {
      for (let from = 0; from < count;) {
        const k = control[WRITTEN] % SLOTS;
        const slot = (slots[k] ??= slotOf(ring, k));
        const to = Math.min(count, from + ring.rows - held);
        slot.time.set(time.subarray(from, to), held);
        slot.ready.set(ready.subarray(from, to), held);
        slot.complete.set(complete.subarray(from, to), held);
        slot.values.set(values.subarray(from * width, to * width), held * width);
        held += to - from;
        from = to;
        if (held === ring.rows) publish();
      }
    },
    commit() {
      if (over) return;
      if (held > 0) publish();
      if (own === undefined) return ask(COMMIT);
      over = true;
      takeSlots(own, task);
      own.commit();
    },
    abort() {
      if (over) return;
      over = true;
      if (own !== undefined) return own.abort();
      try {
        ask(ABORT);
      } catch {
        // It has failed, and has removed what it had written.
      }
    },
  };
}
