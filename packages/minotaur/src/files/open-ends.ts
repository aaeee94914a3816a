/** Text that ends within a line: whoever wrote the file was cut off, or is still writing, and a number may lack its last digits. */
import { open, type FileHandle } from 'node:fs/promises';
import { containerOfBytes, MAGIC_BYTES } from './csv/text-file.ts';
import { isObject } from './objects/object-store.ts';

const NEWLINE = 10;

/**
 * Those of `files` that do. What is packed says itself whether it is whole; an object is stored whole or not at all; of one that is
 * taken away when it has been read nobody can tell.
 */
export async function openEnded(files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) if (!isObject(file) && (await endsOpen(file))) found.push(file);
  return found;
}

/** What is to be said of one. */
export const openEndWords = (file: string): string =>
  `${file} ends without a line break: was it cut, or is it still being written? The last number in it may lack digits`;

async function endsOpen(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const { size } = await handle.stat();
    if (size === 0 || containerOfBytes(await bytesOf(handle, 0, Math.min(size, MAGIC_BYTES)), file) !== 'none')
      return false;
    return (await bytesOf(handle, size - 1, 1))[0] !== NEWLINE;
  } finally {
    await handle.close();
  }
}

async function bytesOf(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}
