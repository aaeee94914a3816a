/** The whole records of a segment, as bytes: their check sums and numbers are looked at, their bodies are not. */
import { crc32 } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { decodeHeader, RECORD_HEAD, viewOf, type JournalHeader } from './format.ts';

/** Bytes at the end of a segment that are no whole record: a crash, or a session that is still running. */
export interface TornTail {
  /** Path. */
  readonly segment: string;
  /** Where the last whole record ends. */
  readonly byte: number;
  /** How many there are beyond it. */
  readonly bytes: number;
}

interface RawRecord {
  readonly kind: number;
  readonly body: Uint8Array;
  readonly byte: number;
  readonly header: JournalHeader;
}

/** The whole records in the bytes of a segment. */
export function* rawRecords(
  bytes: Uint8Array,
  segment: string,
  onTorn: (tail: TornTail) => void = () => {},
): Generator<RawRecord> {
  const view = viewOf(bytes);
  const torn = (byte: number): void => onTorn({ segment, byte, bytes: bytes.length - byte });
  const opened = decodeHeader(bytes, segment);
  if (opened === undefined) return torn(0);
  const { header, end } = opened;
  let at = end;
  for (let number = 0; at < bytes.length; number++) {
    const where = (): string => `${segment} byte ${at}`;
    if (at + RECORD_HEAD > bytes.length) return torn(at);
    const length = view.getUint32(at, true);
    const kindAndNumber = view.getUint32(at + 4, true);
    const check = crc32(bytes.subarray(at, at + 8));
    if (view.getUint32(at + 8, true) !== check) {
      // Where power fails, a file may have grown before its bytes were written.
      if (onlyZeros(bytes, at)) return torn(at);
      fail('input', where(), 'a record as it was written', 'damaged bytes (CRC-32 of its head differs)');
    }
    const next = at + RECORD_HEAD + length;
    if (next > bytes.length) return torn(at);
    const body = bytes.subarray(at + RECORD_HEAD, next);
    if (view.getUint32(at + 12, true) !== crc32(body, check)) {
      if (onlyZeros(bytes, next)) return torn(at);
      fail('input', where(), 'a record as it was written', 'damaged bytes (CRC-32 of its body differs)');
    }
    if (kindAndNumber >>> 8 !== (number & 0xffffff))
      fail('input', where(), `record ${number & 0xffffff} of the segment`, `record ${kindAndNumber >>> 8}`);
    yield { kind: kindAndNumber & 0xff, body, byte: at, header };
    at = next;
  }
}

/** Whether nothing follows `from`, or nothing but zeros. */
function onlyZeros(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
