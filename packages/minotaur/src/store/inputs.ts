/** Inputs of a run: what they are, and how far they were read. */
import { statSync } from 'node:fs';
import { sha256OfFile } from '../files/atomic.ts';
import type { FileHash } from '../files/parquet/file-hashes.ts';
import type { FileLayout } from '../files/trades/trade-source.ts';
import { keepingThreads } from '../node/threads.ts';
import { runInWorker, type Caller } from '../node/worker.ts';

/** An input as the manifest names it. */
export interface InputFile {
  /** As it was named, a glob expanded. */
  readonly path: string;
  /** The instrument whose trades it has, or the clock whose bars or series, where there are several. */
  readonly of?: string;
  /** Its size. */
  readonly bytes: number;
  /** Of its content, in hexadecimal. */
  readonly sha256: string;
  /** What the file was found to be; absent for bars. */
  readonly layout?: Omit<FileLayout, 'file'>;
}

/** How far an input was read, known again by its content. */
export interface InputPosition {
  readonly sha256: string;
  /** Which of several sources reads it: one file may hold the trades of more than one. */
  readonly of?: string | undefined;
  readonly name: string;
  /** Rows of it that the engine has seen. */
  readonly rows: number;
}

/** From so many bytes on a file is hashed in a thread, which takes as long to begin as it takes to hash so many. */
const LARGE = 1 << 26;

/** What a thread does; found by name. @public */
export const hashFile = (path: string, { signal }: Pick<Caller, 'signal'>): ReturnType<typeof sha256OfFile> =>
  sha256OfFile(path, signal);

const hashOf = (path: string, signal: AbortSignal): ReturnType<typeof sha256OfFile> =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < LARGE
    ? hashFile(path, { signal })
    : runInWorker(import.meta.url, { hashFile }, path, { signal });

/** Makes the hashes of files beside reading them, until nobody waits for them any more; undefined where it does not. */
export type MakeHashes = (signal: AbortSignal) => Promise<readonly FileHash[] | undefined>;

/**
 * Hashes the files, one after the other.
 * @param hashes of whoever reads them and may make them beside it
 * @param signal aborted when nobody needs them any more: a run that is refused does not wait for them
 * @throws {MinotaurError} where one cannot be read; the reason of the signal
 */
export async function describeInputs(
  files: readonly string[],
  layouts: readonly FileLayout[],
  { hashes, signal }: { readonly hashes?: MakeHashes | undefined; readonly signal: AbortSignal },
): Promise<InputFile[]> {
  const made = await hashes?.(signal);
  return keepingThreads(async () => {
    const described: InputFile[] = [];
    for (const [i, path] of files.entries()) {
      signal.throwIfAborted();
      const { sha256, bytes } = made?.[i] ?? (await hashOf(path, signal));
      if (layouts[i] === undefined) described.push({ path, bytes, sha256 });
      else {
        const { file: _, ...layout } = layouts[i];
        described.push({ path, bytes, sha256, layout });
      }
    }
    return described;
  });
}

/** Rows of each file that a state has seen already, as source `of`: a file is known again by its content, whatever its name. */
export function rowsSeen(
  inputs: readonly InputFile[],
  seen: readonly InputPosition[],
  of?: string,
): Map<string, number> {
  const own = seen.filter((position) => position.of === of);
  const bySha = new Map(own.map((position) => [position.sha256, position.rows]));
  return new Map(inputs.map(({ path, sha256 }) => [path, bySha.get(sha256) ?? 0]));
}

/** Rows read of each file, by path: of the only source, or of each by its name. */
export type RowsRead = ReadonlyMap<string | undefined, ReadonlyMap<string, number>>;

/** Positions to keep: what was known before, and what this run has read. */
export function positionsAfter(
  seen: readonly InputPosition[],
  inputs: readonly InputFile[],
  read: RowsRead,
): InputPosition[] {
  const keyOf = (sha256: string, of: string | undefined): string => `${sha256} ${of ?? ''}`;
  const positions = new Map(seen.map((position) => [keyOf(position.sha256, position.of), position]));
  for (const { path, sha256, of } of inputs) {
    const rows = read.get(of)?.get(path);
    if (rows === undefined) continue;
    positions.set(keyOf(sha256, of), { sha256, ...(of === undefined ? {} : { of }), name: path, rows });
  }
  return [...positions.values()];
}
