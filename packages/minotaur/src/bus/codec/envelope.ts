/** What every message of the bus begins with, whatever it holds: docs/bus.md has it byte by byte. */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import { createByteReader, createByteWriter, type ByteReader } from './bytes.ts';

/** `MNTB`, as a little-endian word. */
const MAGIC = 0x42544e4d;
/** The version of the format that is written and read. */
const BUS_FORMAT = 2;
/** Where the check sum stands; it is of all behind it, and goes on from that of the eight bytes before it. */
const CHECKED = 8;
const HEAD = 12;
/** A body that says it is longer is refused before memory is made for it. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Shorter ones are hardly ever shorter compressed. */
const LEAST_COMPRESSED = 96;
/** What compressing has to leave of a body at most: a reader takes some 30 us to set about it, however short it is. */
const WORTH = 0.75;
const ID_BYTES = 32;

/** What a message holds. Numbers that were given once are never given to something else. */
const MESSAGE = { events: 1, rows: 2, predictions: 3, snapshot: 4 } as const;

/** Of a message. */
export type MessageKind = keyof typeof MESSAGE;

/** By their numbers. */
const KINDS = new Map<number, MessageKind>(Object.entries(MESSAGE).map(([kind, code]) => [code, kind as MessageKind]));

/** What is known of a message without its body. */
interface Head {
  readonly kind: MessageKind;
  /** Version of Minotaur that wrote it. */
  readonly engineVersion: string;
  /** Of the chain that it came from, hex; empty of events, which any chain of these instruments may take. */
  readonly schemaId: string;
  /** The key: whose it is. */
  readonly chain: string;
  /** Which history of the chain. */
  readonly epoch: number;
  /** Of events: how many the epoch had before; of the others: how many rows. */
  readonly first: number;
  /** Events, rows or predictions in it. */
  readonly count: number;
}

type Heading = Omit<Head, 'engineVersion'>;

/** A message that still has to be sealed: compressing costs more than all before it, and can be left to another thread. */
export interface Unsealed {
  readonly head: Heading;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Of zstd. */
  readonly level: number;
}

/** The bytes of a message; zstd where that makes its body a quarter shorter. */
export function seal({ head, body, level }: Unsealed): Uint8Array<ArrayBuffer> {
  const squeezed = body.length < LEAST_COMPRESSED ? body : compress(body, level);
  const isSqueezed = squeezed.length < WORTH * body.length;
  const writer = createByteWriter(256 + Math.min(squeezed.length, body.length));
  writer.u32(MAGIC);
  writer.u8(BUS_FORMAT);
  writer.u8(MESSAGE[head.kind]);
  writer.u8(isSqueezed ? 1 : 0);
  writer.u8(head.schemaId === '' ? 0 : ID_BYTES);
  writer.u32(0);
  writer.u32(body.length);
  writer.u32(head.count);
  writer.f64(head.epoch);
  writer.f64(head.first);
  writer.bytes(Buffer.from(head.schemaId, 'hex'));
  writer.text(ENGINE_VERSION);
  writer.text(head.chain);
  writer.bytes(isSqueezed ? squeezed : body);
  const bytes = writer.done();
  new DataView(bytes.buffer).setUint32(CHECKED, checkSum(bytes), true);
  return bytes;
}

/** The bytes of a message, whether or not somebody has sealed it. */
export const sealed = (message: Uint8Array | Unsealed): Uint8Array =>
  message instanceof Uint8Array ? message : seal(message);

const checkSum = (bytes: Uint8Array): number => crc32(bytes.subarray(HEAD), crc32(bytes.subarray(0, CHECKED)));

function compress(body: Uint8Array, level: number): Uint8Array {
  return zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

/** Where one body after the other is read: a reader of bytes that each is copied into. */
export interface Desk {
  readonly bytes: Uint8Array;
  readonly reader: ByteReader;
}

/** A message that was found whole: its head, and its body once that is asked for. */
export interface Opened extends Head {
  /** Read at a desk where that is given and has room. @throws {RangeError} where it is no body */
  body(desk?: Desk): ByteReader;
}

/**
 * The head of a message; `where` names it in errors.
 * @throws {MinotaurError} of kind `input` for what is none, is damaged, or is of another format
 */
export function open(bytes: Uint8Array, where: string): Opened {
  return guarded(where, () => openWhole(bytes, where));
}

/** Of the head of the message that is being opened: making one costs as much as reading it. */
const reader = createByteReader(new Uint8Array(0));

function openWhole(bytes: Uint8Array, where: string): Opened {
  reader.turnTo(bytes);
  if (reader.u32() !== MAGIC) fail('input', where, 'a message of the bus', 'other bytes');
  const format = reader.u8();
  if (format !== BUS_FORMAT) refuseFormat(format, where);
  const [code, squeezed, idBytes] = [reader.u8(), reader.u8(), reader.u8()];
  if (reader.u32() !== checkSum(bytes))
    fail('input', where, 'a message as it was written', 'damaged bytes (CRC-32 differs)');
  const kind = KINDS.get(code);
  if (kind === undefined) return fail('input', where, `a message of a known kind`, `kind ${code}`);
  const length = reader.u32();
  const [count, epoch, first] = [reader.u32(), reader.f64(), reader.f64()];
  if (length > MOST_BYTES || squeezed > 1 || (idBytes !== 0 && idBytes !== ID_BYTES))
    throw new RangeError('a head that nobody writes');
  for (const number of [epoch, first])
    if (!(Number.isSafeInteger(number) && number >= 0)) throw new RangeError(`${number} in place of a count`);
  const schemaId = idBytes === 0 ? '' : Buffer.from(reader.bytes(idBytes)).toString('hex');
  const [engineVersion, chain] = [reader.text(), reader.text()];
  const rest = reader.bytes(reader.left);
  if (squeezed === 0 && rest.length !== length) throw new RangeError('a body of another length');
  const body = (desk?: Desk): ByteReader => readerOf(squeezed === 1 ? decompress(rest, length) : rest, desk);
  return { kind, engineVersion, schemaId, chain, epoch, first, count, body };
}

function refuseFormat(found: number, where: string): void {
  requireFormat({
    what: 'a message of the bus',
    expected: BUS_FORMAT,
    found,
    where,
    instead: 'the version that wrote it reads it',
  });
}

function readerOf(body: Uint8Array, desk: Desk | undefined): ByteReader {
  if (desk === undefined || desk.bytes.length < body.length) return createByteReader(body);
  desk.bytes.set(body);
  desk.reader.begin(body.length);
  return desk.reader;
}

function decompress(rest: Uint8Array, length: number): Uint8Array {
  let body: Uint8Array;
  try {
    body = zstdDecompressSync(rest, { maxOutputLength: Math.max(1, length) });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error));
  }
  if (body.length !== length) throw new RangeError('a body of another length');
  return body;
}

/** Decodes: the check sum is right, so somebody wrote it so, but not with this format in mind. */
export function guarded<T>(where: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    return fail('input', where, 'a message as docs/bus.md has it', error.message);
  }
}

/** Refuses a message of another kind. */
export function requireKind(opened: Opened, kind: MessageKind, where: string): void {
  if (opened.kind !== kind) fail('input', where, `a message of ${kind}`, `one of ${opened.kind}`);
}
