/** The segments of a journal as they are written: where one is full the next begins. */
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { closeSync, existsSync, fdatasync, fdatasyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { crc32 } from 'node:zlib';
import { crc32 as shortCrc32 } from 'minotaur-core/internal/base/bytes/crc32';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Origin, RecordedStart } from 'minotaur-core/internal/live/record';
import { forceToDisk } from '../files/atomic.ts';
import { systemWords } from '../node/system-words.ts';
import { makeDirectory } from '../node/writing.ts';
import { portable } from 'minotaur-core/internal/config/portable';
import { encodeDoubles, encodeTexts, encodeWords, join } from './bodies.ts';
import { segmentNumbers } from './epochs.ts';
import { BEGINNING, encodeHeader, KIND, RECORD_HEAD, segmentName } from './format.ts';

/** The call into zlib costs more than the check sum of so few bytes. */
const SHORT = 128;

/** How large segments and buffer may become, in bytes; and who is told. */
export interface SegmentSizes {
  readonly segmentBytes: number;
  readonly bufferBytes: number;
  readonly beginsWhole?: boolean;
  readonly ears?: JournalEars | undefined;
}

/** Who is told what becomes of a journal on its disk; at once, so it has to be quick. */
export interface JournalEars {
  /** So many bytes were handed to the operating system. */
  readonly onWritten?: ((bytes: number) => void) | undefined;
  /** What had been written was forced to the disk, which took so many milliseconds. */
  readonly onSynced?: ((milliseconds: number) => void) | undefined;
  /** A snapshot is on the disk. */
  readonly onSnapshot?: (() => void) | undefined;
  /** It could not be written: it takes no more, and every call fails from here on. */
  readonly onBroken?: ((error: MinotaurError) => void) | undefined;
}

/** Does what has to do with the disk; after something failed, nothing more: what follows half a record could not be read. */
type Attempt = <T>(file: string, work: () => T) => T;

function createAttempt({ onBroken }: JournalEars): Attempt {
  let broken: MinotaurError | undefined;
  return (file, work) => {
    if (broken !== undefined) throw broken;
    try {
      return work();
    } catch (error) {
      const facts = { where: file, expected: 'a journal that can be written', found: systemWords(error) };
      broken = new MinotaurError('input', facts);
      onBroken?.(broken);
      throw broken;
    }
  };
}

/** A file that grows in whole records, from a buffer. */
interface Appender {
  readonly bytes: number;
  /** A record of so many bytes begins, which is held back whole or not at all. */
  begin(length: number): void;
  /** What it is made of, piece by piece. */
  append(piece: Uint8Array): void;
  flush(): void;
  /** To the disk itself. */
  sync(): void;
  /** The same, without waiting for it. */
  syncSoon(): void;
  close(): void;
}

/** `name` is asked anew for what is said of it: the file may be renamed while it is written. */
function openAppender(name: () => string, buffer: Uint8Array, attempt: Attempt, ears: JournalEars): Appender {
  const handle = attempt(name(), () => openSync(name(), 'wx'));
  let held = 0;
  let bytes = 0;
  const write = (from: Uint8Array): void => {
    attempt(name(), () => {
      for (let done = 0; done < from.length;) done += writeSync(handle, from, done, from.length - done);
    });
    ears.onWritten?.(from.length);
  };
  const flush = (): void => {
    const length = held;
    held = 0;
    if (length > 0) write(buffer.subarray(0, length));
  };
  return {
    get bytes() {
      return bytes;
    },
    begin(length) {
      if (held + length > buffer.length) flush();
    },
    append(piece) {
      if (held + piece.length > buffer.length) flush();
      if (piece.length > buffer.length) write(piece);
      else {
        buffer.set(piece, held);
        held += piece.length;
      }
      bytes += piece.length;
    },
    flush,
    sync() {
      flush();
      const started = performance.now();
      attempt(name(), () => fdatasyncSync(handle));
      ears.onSynced?.(performance.now() - started);
    },
    syncSoon() {
      flush();
      // What fails here fails with the next write, or was of a segment that is closed, and synced, by now.
      fdatasync(handle, () => {});
    },
    close: () => closeSync(handle),
  };
}

/** A record that is written anew each time, in place. */
export interface Slip {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** What the first check sum is of. */
  readonly front: Uint8Array;
  readonly body: Uint8Array;
}

export function createSlip(length: number): Slip {
  const bytes = new Uint8Array(RECORD_HEAD + length);
  const words = new Uint32Array(bytes.buffer, 0, RECORD_HEAD / 4);
  return { bytes, words, front: bytes.subarray(0, 8), body: bytes.subarray(RECORD_HEAD) };
}

/** The first part of a slip, of which `length` bytes of the body are used. */
export function partOf({ bytes, words, front, body }: Slip, length: number): Slip {
  return { bytes: bytes.subarray(0, RECORD_HEAD + length), words, front, body: body.subarray(0, length) };
}

/** Writes the head of a record, whose body is summed piece by piece. */
function beginSlip({ words, front }: Slip, kind: number, number: number, length: number): void {
  words[0] = length;
  words[1] = ((number << 8) | kind) >>> 0;
  words[2] = shortCrc32(front);
  words[3] = words[2];
}

function sum({ words }: Slip, piece: Uint8Array): void {
  words[3] = piece.length <= SHORT ? shortCrc32(piece, words[3]) : crc32(piece, words[3]);
}

/** A record of a body in pieces, behind a head without any. */
function appendRecord(target: Appender, head: Slip, kind: number, number: number, body: readonly Uint8Array[]): void {
  const length = lengthOf(body);
  beginSlip(head, kind, number, length);
  for (const piece of body) sum(head, piece);
  target.begin(RECORD_HEAD + length);
  target.append(head.bytes);
  for (const piece of body) target.append(piece);
}

function appendSlip(target: Appender, slip: Slip, kind: number, number: number): void {
  beginSlip(slip, kind, number, slip.body.length);
  sum(slip, slip.body);
  target.begin(slip.bytes.length);
  target.append(slip.bytes);
}

/** The segments of a journal: where one is full the next begins. */
export interface Segments {
  /** Ends the session that is there, and takes records of this one. */
  begin(of: RecordedStart): void;
  /** A record whose body is these pieces in a row: what is large is not copied to be one. */
  add(kind: number, ...body: readonly Uint8Array[]): void;
  /** The same of a slip whose body has been written. */
  addSlip(kind: number, slip: Slip): void;
  /** The index of an origin, which is declared where it is new. */
  origin(text: string, maxSilence: number): number;
  flush(): void;
  sync(): void;
  syncSoon(): void;
  /** What began hidden has its name from here on. */
  appear(): void;
  end(): void;
}

/** What segments are called: where a session begins whole, its first has no name until it is, and is one, however long it becomes. */
function createNames(directory: string, beginsWhole: boolean, attempt: Attempt) {
  let isHidden = false;
  const hidden = joinPath(directory, BEGINNING);
  const nameOf = (segment: number): string => joinPath(directory, segmentName(segment));
  return {
    get isHidden() {
      return isHidden;
    },
    of: (segment: number): string => (isHidden ? hidden : nameOf(segment)),
    begin({ state }: RecordedStart): void {
      isHidden = beginsWhole && state !== undefined && state.recovered !== true;
    },
    appear(segment: number): void {
      if (!isHidden) return;
      isHidden = false;
      attempt(nameOf(segment), () => {
        // Renaming would take the place of what another process has recorded meanwhile.
        if (existsSync(nameOf(segment))) throw Object.assign(new Error(nameOf(segment)), { code: 'EEXIST' });
        renameSync(hidden, nameOf(segment));
        forceToDisk(directory);
      });
    },
  };
}

export function createSegments(directory: string, sizes: SegmentSizes): Segments {
  const { segmentBytes, bufferBytes, beginsWhole = false, ears = {} } = sizes;
  const attempt = createAttempt(ears);
  const names = createNames(directory, beginsWhole, attempt);
  const buffer = new Uint8Array(bufferBytes);
  const head = createSlip(0);
  let start: RecordedStart | undefined;
  /** Those of the session; every segment declares them anew, because the segments before it may be put away. */
  let origins: Origin[] = [];
  let [segment, number, file] = [newestSegment(directory), 0, undefined as Appender | undefined];
  /** Whether the segment has no record that it could do without. */
  let empty = true;

  const append = (target: Appender, kind: number, ...body: readonly Uint8Array[]): void =>
    appendRecord(target, head, kind, number++, body);
  const open = (): Appender => {
    if (start === undefined) fail('internal', directory, 'a session that has started', 'none');
    const own = ++segment;
    file = openAppender(() => names.of(own), buffer, attempt, ears);
    file.append(headerOf(segment, start));
    number = 0;
    for (let i = 0; i < origins.length; i++) append(file, KIND.origin, originBody(i + 1, origins[i]));
    empty = true;
    return file;
  };
  const finish = (target: Appender, kind: number): void => {
    append(target, kind);
    target.sync();
    target.close();
    file = undefined;
  };
  /** The segment that has room for a body of `length` bytes and the record that ends it. */
  const room = (length: number): Appender => {
    if (file !== undefined && !empty && !names.isHidden && file.bytes + length + 2 * RECORD_HEAD > segmentBytes)
      finish(file, KIND.end);
    const target = file ?? open();
    empty = false;
    return target;
  };
  const end = (): void => {
    if (file !== undefined) finish(room(0), KIND.stop);
  };
  return {
    begin(of) {
      end();
      // What nobody has seen by now is not gone on behind: another beginning takes its place.
      if (names.isHidden) segment = newestSegment(directory);
      start = of;
      origins = [];
      names.begin(of);
    },
    add: (kind, ...body) => append(room(lengthOf(body)), kind, ...body),
    addSlip(kind, slip) {
      const target = room(slip.body.length);
      appendSlip(target, slip, kind, number++);
    },
    origin(text, maxSilence) {
      const found = origins.findIndex((known) => known.text === text && Object.is(known.maxSilence, maxSilence));
      if (found >= 0) return found + 1;
      const origin = { text, maxSilence };
      const body = originBody(origins.length + 1, origin);
      append(room(body.length), KIND.origin, body);
      return origins.push(origin);
    },
    flush: () => file?.flush(),
    sync: () => file?.sync(),
    syncSoon: () => file?.syncSoon(),
    appear: () => names.appear(segment),
    end,
  };
}

function headerOf(segment: number, { plan, epoch }: RecordedStart): Uint8Array {
  const { schema, config, instruments } = plan;
  const whose = { schema: schema.lines, instruments, epoch, config: portable(config) };
  return encodeHeader({ segment, engineVersion: ENGINE_VERSION, ...whose });
}

const lengthOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((total, { length }) => total + length, 0);

function originBody(index: number, { text, maxSilence }: Origin): Uint8Array {
  return join(encodeWords(index), encodeDoubles(maxSilence), encodeTexts(text));
}

/** Number of the newest segment in `directory`, which is made where it is missing and rid of what never became one; 0 where there is none. */
function newestSegment(directory: string): number {
  makeDirectory(directory);
  try {
    // Of a session that was killed as it began.
    rmSync(joinPath(directory, BEGINNING), { force: true });
    return segmentNumbers(directory).at(-1) ?? 0;
  } catch (error) {
    fail('input', directory, 'a directory that can be written', error instanceof Error ? error.message : String(error));
  }
}
