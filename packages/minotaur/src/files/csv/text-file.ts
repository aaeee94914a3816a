/** What a text table is read from, wherever its bytes lie: a file of a disk, a file that a browser was handed. */
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';
export type Container = Compression | 'parquet';

/** Text in UTF-8, read from its beginning as often as it is asked for. */
export interface TextFile {
  /** Names it where something is wrong with it. */
  readonly file: string;
  /** What it was packed in. */
  readonly container: Compression;
  /** Its bytes, unpacked, without a mark of byte order. @throws {MinotaurError} naming the file where it is truncated or corrupt */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Bytes by which a container is told. */
export const MAGIC_BYTES = 4;

/** What a file is by its first bytes; its name says nothing. @throws where there are none */
export function containerOfBytes(head: Uint8Array, file: string): Container {
  if (head.length === 0) fail('input', file, 'trades or bars', 'an empty file');
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length < MAGIC_BYTES) return 'none';
  const word = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  if (word === 0xfd2fb528 || word >>> 4 === 0x184d2a5) return 'zstd';
  if (word === 0x04034b50 || word === 0x06054b50) return 'zip';
  return word === 0x31524150 ? 'parquet' : 'none';
}

/** What some programs put before a text in UTF-8. */
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** `chunks` without a mark of byte order before them, however they are cut. */
async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  /** Bytes of the mark that the text begins with. */
  let marked = 0;
  let isTold = false;
  for await (const chunk of chunks) {
    if (isTold) {
      yield chunk;
      continue;
    }
    const before = marked;
    let at = 0;
    while (at < chunk.length && marked < BYTE_ORDER_MARK.length && chunk[at] === BYTE_ORDER_MARK[marked]) {
      at++;
      marked++;
    }
    const isMark = marked === BYTE_ORDER_MARK.length;
    isTold = isMark || at < chunk.length;
    if (!isTold) continue;
    if (isMark) yield chunk.subarray(at);
    else {
      if (before > 0) yield BYTE_ORDER_MARK.slice(0, before);
      yield chunk;
    }
  }
  if (!isTold && marked > 0) yield BYTE_ORDER_MARK.slice(0, marked);
}

/** What unpacking says of a file that is not whole, in words of a person who has it. */
const PACKED: Readonly<Record<string, string>> = {
  'incorrect data check': 'it is damaged: its checksum is another',
  'incorrect header check': 'something else behind its end',
};

/** `chunks` without a mark of byte order, what goes wrong in them said of the file. */
export async function* namedChunks(
  { file, container }: Pick<TextFile, 'file' | 'container'>,
  chunks: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of withoutMark(chunks())) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    const expected = container === 'none' ? 'a readable file' : `a complete ${container} stream`;
    const { message } = error as Error;
    const after = bytes === 0 ? '' : ` after ${bytes} bytes of text`;
    fail('input', file, expected, (PACKED[message] ?? message) + after);
  }
}
