/** Bytes on their way to and from an object. */
import type { FileHandle } from 'node:fs/promises';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';

/** Says what the store said of the object at `url`. */
export async function asking<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return failObject(url, error);
  }
}

/** The same while its bytes come: a connection may break in the midst of them. */
export async function* askedChunks(url: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    failObject(url, error);
  }
}

function failObject(url: string, error: unknown): never {
  if (error instanceof MinotaurError) throw error;
  const { name, message, code } = error as Error & { code?: string };
  const found = [name === 'Error' ? code : name, message].filter(Boolean).join(': ');
  return fail('input', url, 'an object store that gives or takes it', found);
}

/**
 * `length` bytes of a file from byte `from` on.
 * @throws {MinotaurError} where it has fewer: what was not read would go to the store as zeros
 */
export async function readPart(handle: FileHandle, file: string, from: number, length: number): Promise<Buffer> {
  const part = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(part, read, length - read, from + read);
    if (bytesRead === 0)
      fail('input', file, `${from + length} bytes at least, as it had when it was opened`, `${from + read}`);
    read += bytesRead;
  }
  return part;
}
