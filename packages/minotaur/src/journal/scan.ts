/**
 * Reads a segment piece by piece, and only the kinds of records that are wanted: for whoever must not be held up by 64 MiB of
 * trades. What is damaged ends it, as a torn tail does; `openJournal` says what is wrong.
 */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { crc32 as shortCrc32 } from 'minotaur-core/internal/base/bytes/crc32';
import { decodeHeader, RECORD_HEAD, viewOf, type JournalHeader } from './format.ts';

/** Bytes that are read at once, and looked through before anything else has its turn. */
const PIECE = 256 * 1024;

/** A record as it lies in its segment. */
export interface ScannedRecord {
  readonly kind: number;
  readonly body: Uint8Array;
  /** Where it begins. */
  readonly byte: number;
}

/** The header of the segment at `path`, and where its records begin; undefined where there is none yet. */
export async function scanHeader(path: string): Promise<{ header: JournalHeader; end: number } | undefined> {
  const file = await open(path);
  try {
    for (let size = PIECE, before = -1; ; size *= 4) {
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      const opened = decodeHeader(bytes.subarray(0, bytesRead), path);
      if (opened !== undefined || bytesRead === before) return opened;
      before = bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** Whole records from byte `from` on, a batch for each piece that was read. */
export async function* scanRecords(
  path: string,
  from: number,
  wanted: (kind: number) => boolean,
): AsyncGenerator<readonly ScannedRecord[]> {
  const file = await open(path);
  try {
    let size = PIECE;
    for (let at = from; ;) {
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await file.read(bytes, 0, size, at);
      const { records, end, damaged } = recordsIn(bytes.subarray(0, bytesRead), at, wanted);
      if (records.length > 0) yield records;
      if (damaged || (end === 0 && bytesRead < size)) return;
      // A record that is longer than a piece.
      if (end === 0) size *= 2;
      at += end;
    }
  } finally {
    await file.close();
  }
}

/** The whole records of a piece that begins at byte `at`, and where the last of them ends in it. */
function recordsIn(bytes: Uint8Array, at: number, wanted: (kind: number) => boolean) {
  const view = viewOf(bytes);
  const records: ScannedRecord[] = [];
  let end = 0;
  while (end + RECORD_HEAD <= bytes.length) {
    const check = shortCrc32(bytes.subarray(end, end + 8));
    if (view.getUint32(end + 8, true) !== check) return { records, end, damaged: true };
    const next = end + RECORD_HEAD + view.getUint32(end, true);
    if (next > bytes.length) break;
    const kind = view.getUint32(end + 4, true) & 0xff;
    if (wanted(kind)) {
      const body = bytes.subarray(end + RECORD_HEAD, next);
      if (view.getUint32(end + 12, true) !== crc32(body, check)) return { records, end, damaged: true };
      records.push({ kind, body, byte: at + end });
    }
    end = next;
  }
  return { records, end, damaged: false };
}
