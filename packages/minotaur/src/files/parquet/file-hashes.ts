/** Hashes of files, made a piece at a time by a thread that has other things to do. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { identityOf } from './beginnings.ts';

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
  /** That it has hashed. */
  readonly bytes: number;
  /** Those of all files; undefined as long as there are more, or where one cannot be read. */
  readonly hashes: readonly FileHash[] | undefined;
  /** Whether it is of these files, of which none has changed since it came to it. */
  isOf(files: readonly string[]): boolean;
  /** Whether it has not yet come to byte `at` of file `index`. */
  isBefore(index: number, at: number): boolean;
  /** Goes on by a piece. */
  step(): void;
  close(): void;
}

export function createFileHasher(files: readonly string[]): FileHasher {
  const hashes: FileHash[] = [];
  /** What was at each name. */
  const found: string[] = [];
  const piece = new Uint8Array(PIECE);
  let open: { readonly handle: number; readonly hash: Hash; bytes: number } | undefined;
  let hasFailed = false;
  const close = (): void => {
    if (open !== undefined) closeSync(open.handle);
    open = undefined;
  };
  const begin = (file: string): NonNullable<typeof open> => {
    const handle = openSync(file, 'r');
    found.push(identityOf(handle));
    return { handle, hash: createHash('sha256'), bytes: 0 };
  };
  const step = (): void => {
    open ??= begin(files[hashes.length]);
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
    get bytes() {
      return hashes.reduce((sum, { bytes }) => sum + bytes, open?.bytes ?? 0);
    },
    get hashes() {
      return hashes.length === files.length ? hashes : undefined;
    },
    isOf: (others) => files.join('\0') === others.join('\0') && found.every((what, i) => isStill(what, files[i])),
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

function isStill(what: string, file: string): boolean {
  try {
    return identityOf(file) === what;
  } catch {
    return false;
  }
}
