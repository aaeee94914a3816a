/** Writes a journal: what is recorded is held back up to a bound, then appended to the newest segment. */
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Recorder } from 'minotaur-core/internal/live/record';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';
import { portable } from 'minotaur-core/internal/config/portable';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import {
  encodeBar,
  encodeDoubles,
  encodeHeader,
  encodePrediction,
  encodeState,
  KIND,
  RECORD_HEAD,
  segmentName,
  segmentNumber,
  TRADE_BODY,
} from './format.ts';

/** Where a journal is written, and how. */
export interface JournalOptions {
  /** A segment is closed before it grows beyond this. */
  readonly segmentBytes?: number;
  /** Bytes held back at most: what a killed process loses. Rows, predictions and snapshots are never held back. */
  readonly bufferBytes?: number;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;
const BUFFER_BYTES = 64 * 1024;

/** A file that grows in whole records, from a buffer; after a write that failed it takes no more. */
interface Appender {
  readonly bytes: number;
  append(bytes: Uint8Array): void;
  flush(): void;
  /** To the disk itself. */
  sync(): void;
  close(): void;
}

function openAppender(file: string, buffer: Uint8Array): Appender {
  const handle = openSync(file, 'wx');
  let held = 0;
  let bytes = 0;
  let broken = '';
  const write = (from: Uint8Array): void => {
    // What follows half a record could not be read: a segment that failed once is over.
    if (broken !== '') fail('input', file, 'a journal that can be written', broken);
    try {
      for (let done = 0; done < from.length;) done += writeSync(handle, from, done, from.length - done);
    } catch (error) {
      broken = error instanceof Error ? error.message : String(error);
      fail('input', file, 'a journal that can be written', broken);
    }
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
    append(record) {
      if (held + record.length > buffer.length) flush();
      if (record.length > buffer.length) write(record);
      else {
        buffer.set(record, held);
        held += record.length;
      }
      bytes += record.length;
    },
    flush,
    sync() {
      flush();
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}

/** A record that is written anew each time, in place. */
interface Slip {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** What the first check sum is of. */
  readonly front: Uint8Array;
  readonly body: Uint8Array;
}

function createSlip(length: number): Slip {
  const bytes = new Uint8Array(RECORD_HEAD + length);
  const words = new Uint32Array(bytes.buffer, 0, RECORD_HEAD / 4);
  return { bytes, words, front: bytes.subarray(0, 8), body: bytes.subarray(RECORD_HEAD) };
}

/** The segments of a journal: where one is full the next begins. */
interface Segments {
  /** Ends the session that is there, and takes records of this one. */
  begin(of: Plan): void;
  add(kind: number, body: Uint8Array): void;
  /** The same of a slip whose body has been written. */
  addSlip(kind: number, slip: Slip): void;
  flush(): void;
  sync(): void;
  end(): void;
}

function createSegments(directory: string, { segmentBytes, bufferBytes }: Required<JournalOptions>): Segments {
  const buffer = new Uint8Array(bufferBytes);
  const head = createSlip(0);
  let plan: Plan | undefined;
  let file: Appender | undefined;
  let segment = newestSegment(directory);
  let number = 0;

  const open = (): Appender => {
    if (plan === undefined) fail('internal', directory, 'a session that has started', 'none');
    const { schema, config } = plan;
    const opened = openAppender(joinPath(directory, segmentName(++segment)), buffer);
    opened.append(
      encodeHeader({ segment, engineVersion: ENGINE_VERSION, schema: schema.lines, config: portable(config) }),
    );
    number = 0;
    return (file = opened);
  };
  const seal = ({ words, front }: Slip, kind: number, body: Uint8Array): void => {
    words[0] = body.length;
    words[1] = ((number++ << 8) | kind) >>> 0;
    words[2] = crc32(front);
    words[3] = crc32(body, words[2]);
  };
  const finish = (target: Appender, kind: number): void => {
    seal(head, kind, head.body);
    target.append(head.bytes);
    target.sync();
    target.close();
    file = undefined;
  };
  /** The segment that has room for a body of `length` bytes and the record that ends it. */
  const room = (length: number): Appender => {
    if (file === undefined) return open();
    if (number === 0 || file.bytes + length + 2 * RECORD_HEAD <= segmentBytes) return file;
    finish(file, KIND.end);
    return open();
  };
  const end = (): void => {
    if (file !== undefined) finish(room(0), KIND.stop);
  };
  return {
    begin(of) {
      end();
      plan = of;
    },
    add(kind, body) {
      const target = room(body.length);
      seal(head, kind, body);
      target.append(Buffer.concat([head.bytes, body]));
    },
    addSlip(kind, slip) {
      const target = room(slip.body.length);
      seal(slip, kind, slip.body);
      target.append(slip.bytes);
    },
    flush: () => file?.flush(),
    sync: () => file?.sync(),
    end,
  };
}

/**
 * A recorder that writes a journal into `directory`, behind what is there: it never touches a segment that exists. One
 * writer a directory.
 *
 * Trades are held back up to `bufferBytes` (64 KiB, some 900 trades) or until a row, a prediction, a refusal or a snapshot
 * goes out, whichever comes first; `flush` writes at once. So a killed process loses at most that, and nothing up
 * to the last row whose push has returned. Snapshots, full segments and the end of a session are forced to the disk: a machine that
 * loses power loses what the system had not written since.
 * @throws {MinotaurError} of kind `input` where the directory cannot be written
 */
export function createJournal(directory: string, options: JournalOptions = {}): Recorder {
  const { segmentBytes = SEGMENT_BYTES, bufferBytes = BUFFER_BYTES } = options;
  const segments = createSegments(directory, { segmentBytes, bufferBytes });
  // Nothing is allocated per trade.
  const slip = createSlip(TRADE_BODY);
  const values = new Float64Array(slip.bytes.buffer, RECORD_HEAD, 5);
  const words = new Uint32Array(slip.bytes.buffer, RECORD_HEAD + 40, ID_WORDS);
  return {
    start(of, state) {
      segments.begin(of);
      segments.add(KIND.start, encodeState(state));
    },
    trade({ time, id, price, quantity, side }, i, arrival, more) {
      values[0] = time[i];
      values[1] = price[i];
      values[2] = quantity[i];
      values[3] = side[i];
      values[4] = arrival;
      for (let w = 0; w < ID_WORDS; w++) words[w] = id[ID_WORDS * i + w];
      segments.addSlip(more ? KIND.tradeOfBlock : KIND.trade, slip);
    },
    bar: (bar, clock, arrival) => segments.add(KIND.bar, encodeBar(bar, clock, arrival)),
    advance: (time, arrival) => segments.add(KIND.advance, encodeDoubles(time, arrival)),
    refused: (message) => segments.add(KIND.refused, new TextEncoder().encode(message)),
    rows({ count, width, time, values: cells, ready }) {
      for (let r = 0; r < count; r++) {
        const row = new Float64Array(2 + width);
        row[0] = time[r];
        row[1] = ready[r];
        row.set(cells.subarray(r * width, (r + 1) * width), 2);
        segments.add(KIND.row, new Uint8Array(row.buffer));
      }
    },
    prediction: (prediction) => segments.add(KIND.prediction, encodePrediction(prediction)),
    snapshot(state) {
      segments.add(KIND.snapshot, encodeState(state));
      segments.sync();
    },
    flush: () => segments.flush(),
    stop: () => segments.end(),
  };
}

/** Number of the newest segment in `directory`, which is made where it is missing; 0 where there is none. */
function newestSegment(directory: string): number {
  try {
    mkdirSync(directory, { recursive: true });
    return Math.max(0, ...readdirSync(directory).map(segmentNumber).filter(Number.isFinite));
  } catch (error) {
    fail('input', directory, 'a directory that can be written', error instanceof Error ? error.message : String(error));
  }
}
