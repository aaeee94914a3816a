/** Bytes of a text file, plain or compressed, in bounded memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from '../../node/system-words.ts';
import { zipChunks } from '../zip.ts';
import { zstdDecompressed } from '../zstd-frames.ts';
import {
  containerOfBytes,
  MAGIC_BYTES,
  namedChunks,
  type Compression,
  type Container,
  type TextFile,
} from './text-file.ts';

const CHUNK = 1 << 19;

/** What a file is by its first bytes; its name says nothing. @throws where it is empty or cannot be read */
export async function containerOf(file: string): Promise<Container> {
  const head = await firstBytes(file).catch((error: unknown) =>
    fail('input', file, 'a readable file', systemWords(error)),
  );
  return containerOfBytes(head, file);
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The text in a file of a disk, or in a member of an archive there. */
export function textFileOf(file: string, container: Compression): TextFile {
  const bytes = () => (container === 'zip' ? zipChunks(file) : decompressed(file, container));
  return { file, container, chunks: () => namedChunks({ file, container }, bytes) };
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
