/** The journal on disk, as docs/journal.md defines it: segments, their headers, and the frame of a record. */
import { crc32 } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';

const MAGIC = 'MNTRJRNL';
/** The version of the format that is written and read. */
export const JOURNAL_FORMAT = 2;
/** Magic, format, length of the text, CRC-32 of the text, CRC-32 of all before it. */
const SEGMENT_HEAD = 24;
/** Length, kind and number, CRC-32 of these two, CRC-32 of the body. */
export const RECORD_HEAD = 16;

/** What a record is. Numbers that were given once are never given to something else. */
export const KIND = {
  start: 1,
  epoch: 2,
  origin: 3,
  trade: 4,
  /** Trades of one push. */
  trades: 5,
  bar: 6,
  advance: 7,
  hole: 8,
  gap: 9,
  release: 10,
  series: 11,
  refused: 12,
  row: 13,
  prediction: 14,
  snapshot: 15,
  note: 16,
  stop: 17,
  /** The session goes on in the next segment. */
  end: 18,
} as const;

/** Text of a note: the event before has come to its end. */
export const SETTLED = 'settled';
/** The same behind a start: the next row is ready, by the history that the session began with. */
export const WARM = 'warm';

/** Whose journal this is. */
export interface JournalHeader {
  /** Counts the segments of a directory from 1. */
  readonly segment: number;
  /** Version of Minotaur that wrote it. */
  readonly engineVersion: string;
  /** Lines of the schema; their hash is the schema id. */
  readonly schema: readonly string[];
  /** Those of the session; events name them by their place, from 0. */
  readonly instruments: readonly Instrument[];
  /** Of the session. */
  readonly epoch: number;
  /** As JSON can hold it. */
  readonly config: unknown;
}

/** What a segment is called until it is whole, where it is to be seen only then. */
export const BEGINNING = '.beginning';

export const segmentName = (segment: number): string => `${String(segment).padStart(8, '0')}.journal`;

/** The number of a segment's file name; NaN where it is another file. */
export function segmentNumber(name: string): number {
  const match = /^([0-9]{8})\.journal$/.exec(name);
  return match === null ? NaN : Number(match[1]);
}

export function encodeHeader(header: JournalHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(SEGMENT_HEAD + Math.ceil(text.length / 8) * 8);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, JOURNAL_FORMAT, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, SEGMENT_HEAD);
  view.setUint32(16, crc32(bytes.subarray(SEGMENT_HEAD)), true);
  view.setUint32(20, crc32(bytes.subarray(0, 20)), true);
  return bytes;
}

/** The header of a segment and where its records begin; undefined where the header was never written whole. */
export function decodeHeader(bytes: Uint8Array, file: string): { header: JournalHeader; end: number } | undefined {
  const magic = new TextEncoder().encode(MAGIC);
  // Where power fails, a file may have grown before its bytes were written.
  if (bytes.subarray(0, SEGMENT_HEAD).every((byte) => byte === 0)) return undefined;
  if (bytes.subarray(0, 8).some((byte, i) => byte !== magic[i]))
    fail('input', `${file} byte 0`, 'a segment of a journal', 'other bytes');
  if (bytes.length < SEGMENT_HEAD) return undefined;
  const view = viewOf(bytes);
  const damaged = (what: string): never =>
    fail('input', `${file} byte 0`, 'a header as it was written', `damaged bytes (CRC-32 of ${what} differs)`);
  if (view.getUint32(20, true) !== crc32(bytes.subarray(0, 20))) damaged('its head');
  requireFormat({
    what: 'a journal',
    expected: JOURNAL_FORMAT,
    found: view.getUint32(8, true),
    where: `${file} byte 8`,
    instead: 'the version that wrote it reads it, and new sessions go into another directory',
  });
  const length = view.getUint32(12, true);
  const end = SEGMENT_HEAD + Math.ceil(length / 8) * 8;
  if (bytes.length < end) return undefined;
  if (view.getUint32(16, true) !== crc32(bytes.subarray(SEGMENT_HEAD, end))) damaged('its text');
  const text = new TextDecoder().decode(bytes.subarray(SEGMENT_HEAD, SEGMENT_HEAD + length));
  return { header: parseHeader(text, file), end };
}

function parseHeader(text: string, file: string): JournalHeader {
  try {
    return JSON.parse(text) as JournalHeader;
  } catch {
    return fail('input', `${file} byte 0`, 'a header as it was written', 'a text that is no JSON');
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
