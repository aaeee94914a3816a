/** The members of a zip archive that a browser was handed: found by the directory at its end, unpacked as they are read. */
import { crc32 } from 'minotaur-core/internal/base/bytes/crc32';
import { fail } from 'minotaur-core/internal/base/errors';
import { isMemberOfNote, requireNoWorkbook, requireSum } from '../files/zip-members.ts';
import { bytesIn, unpackedIn, type OnBytes } from './bytes.ts';

export interface ZipMember {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0: as it is, 8: deflated. */
  readonly method: number;
  readonly sum: number;
  readonly packedSize: number;
  /** Where its local header stands. */
  readonly at: number;
}

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [22, 46, 30];
/** Of a comment behind the directory. */
const LONGEST_COMMENT = 0xffff;
/** Stands for what has no room in 32 bits. */
const BEYOND = 0xffffffff;

/** In the order of names. @throws where the archive is broken, larger than this can read, or has none */
export async function zipDirectory(archive: Blob, file: string): Promise<ZipMember[]> {
  const from = Math.max(0, archive.size - END_BYTES - LONGEST_COMMENT);
  const tail = await viewOf(archive.slice(from));
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) fail('input', file, 'a complete zip archive', 'no directory at its end');
  const [count, size, start] = [
    tail.getUint16(at + 10, true),
    tail.getUint32(at + 12, true),
    tail.getUint32(at + 16, true),
  ];
  if (start === BEYOND || count === 0xffff) failLarge(file);
  const directory = await viewOf(archive.slice(start, start + size));
  const members: ZipMember[] = [];
  for (let k = 0, entry = 0; k < count; k++) {
    if (entry + ENTRY_BYTES > directory.byteLength || directory.getUint32(entry, true) !== ENTRY)
      fail('input', file, 'a complete zip archive', `a directory of ${k} members instead of ${count}`);
    const [nameBytes, extra, comment] = [28, 30, 32].map((offset) => directory.getUint16(entry + offset, true));
    members.push(memberAt(directory, entry, nameBytes));
    entry += ENTRY_BYTES + nameBytes + extra + comment;
  }
  const own = members.filter(({ name }) => isMemberOfNote(name));
  requireNoWorkbook(
    own.map(({ name }) => name),
    file,
  );
  if (own.length === 0) fail('input', file, 'an archive with a file in it', 'none');
  if (own.some(({ packedSize, at: place }) => packedSize === BEYOND || place === BEYOND)) failLarge(file);
  return own.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function memberAt(directory: DataView, entry: number, nameBytes: number): ZipMember {
  return {
    name: new TextDecoder().decode(new Uint8Array(directory.buffer, entry + ENTRY_BYTES, nameBytes)),
    isEncrypted: (directory.getUint16(entry + 8, true) & 1) === 1,
    method: directory.getUint16(entry + 10, true),
    sum: directory.getUint32(entry + 16, true),
    packedSize: directory.getUint32(entry + 20, true),
    at: directory.getUint32(entry + 42, true),
  };
}

/** The bytes of a member. @throws where it is not whole */
export async function* memberChunks(
  archive: Blob,
  { name, isEncrypted, method, sum: expected, packedSize, at }: ZipMember,
  onBytes: OnBytes,
): AsyncGenerator<Uint8Array> {
  if (isEncrypted) fail('input', name, 'a member that is not encrypted', 'an encrypted one');
  if (method !== 0 && method !== 8) fail('input', name, 'a member that is deflated, or not packed', `method ${method}`);
  const head = await viewOf(archive.slice(at, at + LOCAL_BYTES));
  if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL)
    throw new Error('no member where it should be');
  const start = at + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = archive.slice(start, start + packedSize);
  let sum = 0;
  for await (const chunk of method === 8 ? unpackedIn(packed, 'deflate-raw', onBytes) : bytesIn(packed, onBytes)) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  requireSum(sum, expected);
}

function failLarge(file: string): never {
  fail('input', file, 'a zip archive below 4 GiB (the command line reads larger ones)', 'one that is larger');
}

async function viewOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}
