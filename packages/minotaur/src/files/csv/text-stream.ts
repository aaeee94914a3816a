/** Bytes of a text file, plain or compressed, in bounded memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { zipChunks } from '../zip.ts';
import { zstdDecompressed } from '../zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';
export type Container = Compression | 'parquet';

const CHUNK = 1 << 19;

/** What a file is by its first bytes; its name says nothing. @throws where it is empty or cannot be read */
export async function containerOf(file: string): Promise<Container> {
  const head = await firstBytes(file).catch((error: unknown) =>
    fail('input', file, 'a readable file', error instanceof Error ? error.message : String(error)),
  );
  if (head.length === 0) fail('input', file, 'trades or bars', 'an empty file');
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  if (head.length >= 4 && head.readUInt32LE(0) >>> 4 === 0x184d2a5) return 'zstd';
  if (['504b0304', '504b0506'].includes(head.toString('hex'))) return 'zip';
  return head.toString('latin1') === 'PAR1' ? 'parquet' : 'none';
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The decompressed bytes of `file`. @throws {MinotaurError} naming the file where it is truncated or corrupt */
export async function* textChunks(file: string, compression: Compression): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of compression === 'zip' ? zipChunks(file) : decompressed(file, compression)) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    const expected = compression === 'none' ? 'a readable file' : `a complete ${compression} stream`;
    fail('input', file, expected, `${(error as Error).message} after ${bytes} bytes of text`);
  }
}

async function* decompressed(file: string, compression: Exclude<Compression, 'zip'>): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: compression === 'none' ? CHUNK : CHUNK >> 2 });
  try {
    if (compression === 'none') yield* raw;
    else if (compression === 'zstd') yield* zstdDecompressed(raw, CHUNK);
    else yield* pipeline(raw, createGunzip({ chunkSize: CHUNK }), () => undefined);
  } finally {
    raw.destroy();
  }
}
