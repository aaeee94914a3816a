/**
 * Zstandard files frame by frame. Node's decompressor stops silently after the first frame, and before version 24 also at
 * a truncated one: trades would be lost without a word. So the frames are counted here, from their headers, and each is
 * decompressed on its own.
 */
import { pipeline } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';

/** Reads a byte stream by exact counts. */
interface Cursor {
  /** `count` bytes, or fewer at the end of the stream. */
  take(count: number): Promise<Buffer>;
}

function createCursor(source: AsyncIterable<Buffer>): Cursor {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    async take(count) {
      while (rest.length < count) {
        const next = await iterator.next();
        if (next.done === true) break;
        rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
      }
      const taken = rest.subarray(0, count);
      rest = rest.subarray(taken.length);
      return taken;
    },
  };
}

async function need(cursor: Cursor, count: number): Promise<Buffer> {
  const bytes = await cursor.take(count);
  if (bytes.length < count) throw new Error('unexpected end of file');
  return bytes;
}

/** Bytes of a frame header after the magic number, given its descriptor byte. */
function headerLength(descriptor: number): number {
  const single = (descriptor & 0x20) !== 0;
  const size = [single ? 1 : 0, 2, 4, 8][descriptor >> 6];
  return (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3] + size;
}

/** The pieces of one frame, its magic number already taken. */
async function* framePieces(cursor: Cursor, magic: Buffer): AsyncGenerator<Buffer> {
  const descriptor = await need(cursor, 1);
  yield Buffer.concat([magic, descriptor, await need(cursor, headerLength(descriptor[0]))]);
  for (;;) {
    const header = await need(cursor, 3);
    const word = header.readUIntLE(0, 3);
    const isRle = ((word >> 1) & 3) === 1;
    yield Buffer.concat([header, await need(cursor, isRle ? 1 : word >> 3)]);
    if ((word & 1) === 1) break;
  }
  if ((descriptor[0] & 4) !== 0) yield await need(cursor, 4);
}

/** Decompressed bytes of a Zstandard stream. @throws at a truncated or corrupt frame and at bytes that are no frame */
export async function* zstdDecompressed(source: AsyncIterable<Buffer>, chunkSize: number): AsyncGenerator<Buffer> {
  const cursor = createCursor(source);
  for (;;) {
    const magic = await cursor.take(4);
    if (magic.length === 0) return;
    const word = magic.length === 4 ? magic.readUInt32LE(0) : 0;
    if (word >>> 4 === 0x184d2a5) {
      const length = await need(cursor, 4);
      await need(cursor, length.readUInt32LE(0));
    } else if (word === 0xfd2fb528) {
      const output = createZstdDecompress({ chunkSize });
      pipeline(framePieces(cursor, magic), output, () => undefined);
      yield* output as AsyncIterable<Buffer>;
    } else throw new Error('bytes that are no Zstandard frame');
  }
}
