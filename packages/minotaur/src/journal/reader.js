/** Reads a journal, also one that a crash cut off: up to the last whole record of each session. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { decodeHeader, decodeRecord, KIND, RECORD_HEAD, segmentName, segmentNumber, viewOf } from './format.js';
/**
 * Opens the journal in `directory`. Records whose checksum does not fit, segments that are missing and records that are
 * missing are errors of kind `input` that name segment and byte; a torn tail is no error.
 */
export function openJournal(directory) {
  const numbers = listSegments(directory);
  if (numbers.length === 0) fail('input', directory, 'a journal: segments named 00000001.journal and on', 'none');
  numbers.forEach((number, i) => {
    if (number !== numbers[0] + i)
      fail(
        'input',
        join(directory, segmentName(numbers[0] + i)),
        'every segment between the first and the last',
        'no such file',
      );
  });
  const segments = numbers.map((number) => join(directory, segmentName(number)));
  return { segments, records: (onTorn = () => {}) => readSegments(segments, onTorn) };
}
function listSegments(directory) {
  try {
    const numbers = readdirSync(directory).map(segmentNumber).filter(Number.isFinite);
    return numbers.sort((a, b) => a - b);
  } catch (error) {
    fail('input', directory, 'the directory of a journal', error instanceof Error ? error.message : String(error));
  }
}
function* readSegments(segments, onTorn) {
  // A journal whose oldest segments were put away begins where it begins.
  let continued = true;
  for (const segment of segments) {
    let first = true;
    let ended = false;
    for (const { kind, body, byte, header } of readRecords(segment, onTorn)) {
      if (first && !continued && kind !== KIND.start)
        fail(
          'input',
          `${segment} byte ${byte}`,
          'a session that starts: the segment before has no end',
          `kind ${kind}`,
        );
      first = false;
      ended = kind === KIND.end;
      if (ended) continue;
      const record = decodeRecord(kind, body);
      if (record === undefined) fail('input', `${segment} byte ${byte}`, 'a record of a known kind', `kind ${kind}`);
      yield { record, segment, byte, header };
    }
    continued = ended;
  }
}
/** The whole records of one segment. */
function* readRecords(segment, onTorn) {
  const bytes = readFileSync(segment);
  const view = viewOf(bytes);
  const torn = (byte) => onTorn({ segment, byte, bytes: bytes.length - byte });
  const opened = decodeHeader(bytes, segment);
  if (opened === undefined) return torn(0);
  const { header, end } = opened;
  let at = end;
  for (let number = 0; at < bytes.length; number++) {
    const where = () => `${segment} byte ${at}`;
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
function onlyZeros(bytes, from) {
  for (let i = from; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
