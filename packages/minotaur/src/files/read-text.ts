/** Small text files of a user's, whole: what they are instead is said in words. */
import { readFile } from 'node:fs/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from '../node/system-words.ts';

/**
 * The text of a file, UTF-8.
 * @param what it should be, for messages
 * @throws {MinotaurError} of kind `input` where it cannot be read, or is no such text
 */
export async function readText(path: string, where: string, what: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    fail('input', where, what, systemWords(error));
  }
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) fail('input', where, `${what}, in UTF-8`, 'UTF-16');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8.
  }
  return fail('input', where, `${what}, in UTF-8`, 'bytes that are no text');
}
