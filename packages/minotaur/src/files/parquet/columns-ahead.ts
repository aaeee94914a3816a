/**
 * Columns of row groups, decoded one after the other by whoever has time: a thread goes ahead of the one that needs them, and where
 * it has not come so far, or there is none, the one that needs a column decodes it itself, and then what comes behind it. So neither
 * waits for long, and what takes the chain's thread least is done by the other.
 *
 * In between the thread hashes the files, if it is asked to: it has read them anyway, and a second one costs as much to begin as a
 * hash of 64 MiB. It keeps pace with the columns, so that it is not behind when they end.
 *
 * A column that the thread cannot give, because its bytes are not what they should be or its words are none, is decoded anew
 * by the one that needs it, who says what is wrong as if there were no thread.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { runInWorker, type Caller } from '../../node/worker.ts';
import { pagesOf, type Page } from '../trades/source-block.ts';
import { createFileHasher, type FileHash, type FileHasher } from './file-hashes.ts';
import {
  columnsBytes,
  columnsIn,
  createColumnReader,
  FLAT_FIELDS,
  type Columns,
  type FlatGroup,
  type FlatTrades,
} from './flat-columns.ts';
import { AHEAD_ROOM } from './prepare-ahead.ts';
import { createWideColumns, type WideColumns } from './wide-columns.ts';

/** Bytes that are decoded ahead where row groups are small; of larger ones two are in memory. */
const AHEAD_BYTES = 1 << 24;
/** Rows that are decoded while a thread begins, and some more. */
const MANY_ROWS = 1 << 21;
/** Milliseconds until it is looked whether a thread that is at a column has died. */
const LOOK = 1000;

const FIELDS = FLAT_FIELDS.length;
/**
 * Words of the control block: the next column that nobody has taken, groups that are done with, whether hashes are asked for, how often
 * the thread was called, what has become of each column.
 */
const [NEXT, PASSED, ASKED, CALLS, STATES] = [0, 1, 2, 3, 4];
const [FREE, DONE, LEFT] = [0, 1, 2];
/** Groups that are done with where nobody needs any more of them. */
const ALL = 0x7fff_ffff;

/** What both threads see. */
interface Shared {
  readonly flats: readonly FlatTrades[];
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly memory: ArrayBufferLike;
  readonly slots: number;
}

/** Of all files, in order; undefined where nobody makes them. */
type Hashes = readonly FileHash[] | undefined;

interface PlacedGroup {
  readonly flat: FlatTrades;
  /** Which file that is. */
  readonly index: number;
  readonly group: FlatGroup;
}

/** Columns of a row group. */
export interface GroupColumns {
  readonly columns: Columns;
  /** Words for sides that are none, by row. */
  readonly words: ReadonlyMap<number, string>;
}

/** What blocks are made of, beside columns. */
interface BlockPages {
  /** Two in turn. */
  next(): Page;
  readonly wide: WideColumns;
}

export interface ColumnsAhead {
  /** Pages for blocks of so many rows, the same for all files: memory that loops of vectors go over is given back by the collector alone. */
  pages(blockRows: number): BlockPages;
  /** Those of the next row group, which are there until `pass`. @throws {MinotaurError} where the bytes are not what the footer says */
  next(): Promise<GroupColumns>;
  /** All groups but the last that was given are done with. */
  pass(): void;
  /** Hashes of the files, made by the thread; undefined where there is none, it could not, or nobody waits for them any more. */
  hashes(signal?: AbortSignal): Promise<Hashes>;
  /** No more columns are asked for. */
  close(): void;
}

/** What either thread does. */
function createDecoder({ flats, control, memory, slots }: Shared) {
  const groups: PlacedGroup[] = flats.flatMap((flat, index) => flat.groups.map((group) => ({ flat, index, group })));
  const capacity = memory.byteLength / slots;
  const reader = createColumnReader();
  const slotOf = (g: number): Columns => columnsIn(memory, (g % slots) * capacity, groups[g].group.rows);
  /** @throws where the bytes are not what the footer says */
  const decode = (job: number, onWord: (row: number, word: string) => void): void => {
    const g = Math.floor(job / FIELDS);
    const { flat, group } = groups[g];
    reader.read(flat, group, FLAT_FIELDS[job % FIELDS], slotOf(g), onWord);
  };
  /** Decodes the next column that nobody has taken, if there is room for it. */
  const step = (): boolean => {
    const job = Atomics.load(control, NEXT);
    const g = Math.floor(job / FIELDS);
    if (g >= groups.length || g - slots >= Atomics.load(control, PASSED)) return false;
    if (Atomics.compareExchange(control, NEXT, job, job + 1) !== job) return true;
    let state = DONE;
    try {
      decode(job, () => (state = LEFT));
    } catch {
      state = LEFT;
    }
    Atomics.store(control, STATES + job, state);
    Atomics.notify(control, STATES + job);
    return true;
  };
  return { groups, slotOf, decode, step, close: () => reader.close() };
}

/** Bytes that are hashed before it is known that somebody will ask for the hashes. */
const BEFORE = 1 << 28;
/** What was begun before the thread was asked for columns. */
let before: FileHasher | undefined;

/** What the thread does until then; found by name. @public */
export async function hashBefore(files: readonly string[], signal: AbortSignal): Promise<void> {
  const hasher = (before = createFileHasher(files));
  const isWanted = (): boolean => before === hasher && !signal.aborted && !hasher.isDone && hasher.bytes < BEFORE;
  while (isWanted()) {
    hasher.step();
    await setImmediate();
  }
}

/** Goes on with what was begun, where that is of these files. */
function hasherOf(files: readonly string[]): FileHasher {
  const begun = before;
  before = undefined;
  if (begun?.isOf(files)) return begun;
  begun?.close();
  return createFileHasher(files);
}

/** What the thread does; found by name. @public */
export async function decodeAhead(shared: Shared, { tell }: Caller<Hashes>): Promise<void> {
  const { control, flats } = shared;
  const { groups, step, close } = createDecoder(shared);
  const hasher = hasherOf(flats.map(({ file }) => file));
  /** Whether it has not yet come to the group whose columns are decoded next. */
  const isBehind = (job: number): boolean => {
    const { index, group } = groups[Math.floor(job / FIELDS)];
    return hasher.isBefore(index, group.places[FLAT_FIELDS[0]].at);
  };
  const tellHashes = (): void => {
    if (hasher.isDone) tell(hasher.hashes);
  };
  const hash = (): void => {
    hasher.step();
    // At once: it may be that nobody reads a row before.
    tellHashes();
  };
  try {
    tellHashes();
    for (;;) {
      const calls = Atomics.load(control, CALLS);
      const job = Atomics.load(control, NEXT);
      const isDecoded = job >= groups.length * FIELDS || Atomics.load(control, PASSED) === ALL;
      const isHashed = hasher.isDone || Atomics.load(control, ASKED) === 0;
      if (isDecoded && isHashed) break;
      if (!isHashed && (isDecoded || isBehind(job))) hash();
      else if (!step()) {
        if (isHashed) Atomics.wait(control, CALLS, calls);
        else hash();
      }
    }
  } finally {
    close();
    hasher.close();
  }
  return Promise.resolve();
}

function createShared(flats: readonly FlatTrades[], isAhead: boolean): Shared {
  const rows = flats.flatMap(({ groups }) => groups.map((group) => group.rows));
  const bytes = columnsBytes(rows.reduce((most, count) => Math.max(most, count), 0));
  const slots = Math.min(rows.length, isAhead ? Math.max(2, Math.floor(AHEAD_BYTES / bytes)) : 2);
  const control = new Int32Array(new SharedArrayBuffer(4 * (STATES + FIELDS * rows.length)));
  return { flats, control, memory: new (isAhead ? SharedArrayBuffer : ArrayBuffer)(slots * bytes), slots };
}

/** Whether a thread pays. */
export function isMuch(flats: readonly FlatTrades[]): boolean {
  const rows = flats.reduce((sum, { groups }) => groups.reduce((all, group) => all + group.rows, sum), 0);
  return rows >= MANY_ROWS && availableParallelism() > 1;
}

function createPages(groups: readonly PlacedGroup[], blockRows: number): BlockPages {
  const most = groups.reduce((rows, { group }) => Math.max(rows, group.rows), 1);
  const capacity = Math.min(blockRows, most);
  const wide = createWideColumns(capacity);
  return { next: pagesOf(capacity, { create: wide.createBlock }), wide };
}

/** The columns of all row groups of these files, in order. @param isAhead whether a thread goes ahead */
export function columnsAhead(flats: readonly FlatTrades[], isAhead: boolean): ColumnsAhead {
  const shared = createShared(flats, isAhead);
  const { control } = shared;
  const { groups, slotOf, decode, step, close } = createDecoder(shared);
  let isAlone = !isAhead;
  const hashed = new Promise<Hashes>((resolve) => {
    const end = (): void => {
      isAlone = true;
      resolve(undefined);
    };
    if (isAlone) end();
    else runInWorker(import.meta.url, { decodeAhead }, shared, { room: AHEAD_ROOM, onNote: resolve }).then(end, end);
  });
  const call = (): void => {
    Atomics.add(control, CALLS, 1);
    Atomics.notify(control, CALLS);
  };
  let given = 0;
  let pages: BlockPages | undefined;

  /** Waits for a column, with the next ones in the meantime. */
  async function settle(job: number): Promise<void> {
    while (Atomics.load(control, STATES + job) === FREE) {
      if (step()) continue;
      // One that has died had taken it.
      if (isAlone) Atomics.store(control, STATES + job, LEFT);
      else if (Atomics.wait(control, STATES + job, FREE, LOOK) === 'timed-out') await setImmediate();
    }
  }
  return {
    pages: (blockRows) => (pages ??= createPages(groups, blockRows)),
    async next() {
      const g = given++;
      const words = new Map<number, string>();
      for (let job = FIELDS * g; job < FIELDS * (g + 1); job++) {
        await settle(job);
        if (Atomics.load(control, STATES + job) === LEFT)
          reading(groups[g].flat.file, () => decode(job, (row, word) => words.set(row, word)));
      }
      return { columns: slotOf(g), words };
    },
    pass() {
      if (Atomics.load(control, PASSED) === ALL) return;
      Atomics.store(control, PASSED, given - 1);
      call();
    },
    hashes(signal) {
      const ask = (isAsked: boolean): void => {
        Atomics.store(control, ASKED, isAsked ? 1 : 0);
        call();
      };
      ask(signal?.aborted !== true);
      signal?.addEventListener('abort', () => ask(false));
      return hashed;
    },
    close() {
      Atomics.store(control, PASSED, ALL);
      call();
      close();
    },
  };
}

/** What `read` makes of bytes of the file. @throws where they are not what its footer says */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    return fail('input', file, 'a complete Parquet file', (error as Error).message);
  }
}
