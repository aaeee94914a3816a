/** Hashes of files, made a piece at a time by a thread that has other things to do. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** Of a file's content. */
export interface FileHash {
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
  /** Its size. */
  readonly bytes: number;
}

/** Bytes that are read and hashed at once. */
const PIECE = 1 << 20;

/** Hashes files one after the other. */
export interface FileHasher {
  /** Whether all that it will do is done. */
  readonly isDone: boolean;
  /** Those of all files; undefined as long as there are more, or where one cannot be read. */
  readonly hashes: readonly FileHash[] | undefined;
  /** Whether it has not yet come to byte `at` of file `index`. */
  isBefore(index: number, at: number): boolean;
  /** Goes on by a piece. */
  step(): void;
  close(): void;
}

export function createFileHasher(files: readonly string[]): FileHasher {
  const hashes: FileHash[] = [];
  const piece = new Uint8Array(PIECE);
  let open: { readonly handle: number; readonly hash: Hash; bytes: number } | undefined;
  let hasFailed = false;
  const close = (): void => {
    if (open !== undefined) closeSync(open.handle);
    open = undefined;
  };
  const step = (): void => {
    open ??= { handle: openSync(files[hashes.length], 'r'), hash: createHash('sha256'), bytes: 0 };
    const read = readSync(open.handle, piece, 0, PIECE, null);
    if (read > 0) {
      open.hash.update(piece.subarray(0, read));
      open.bytes += read;
      return;
    }
    hashes.push({ sha256: open.hash.digest('hex'), bytes: open.bytes });
    close();
  };
  return {
    get isDone() {
      return hasFailed || hashes.length === files.length;
    },
    get hashes() {
      return hashes.length === files.length ? hashes : undefined;
    },
    isBefore: (index, at) => hashes.length < index || (hashes.length === index && (open?.bytes ?? 0) < at),
    step() {
      try {
        step();
      } catch {
        // Whoever needs the hash reads the file anew, and says what is wrong with it.
        hasFailed = true;
      }
    },
    close,
  };
}
