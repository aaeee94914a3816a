/** Inputs of a run: what they are, and how far they were read. */
import { sha256OfFile } from '../files/atomic.ts';
import type { FileLayout } from '../files/trades/trade-source.ts';

/** An input as the manifest names it. */
export interface InputFile {
  /** As it was named, a glob expanded. */
  readonly path: string;
  /** The instrument whose trades it has, or the clock whose bars, where there are several instruments. */
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
  readonly name: string;
  /** Rows of it that the engine has seen. */
  readonly rows: number;
}

/** Hashes the files, one after the other. */
export async function describeInputs(files: readonly string[], layouts: readonly FileLayout[]): Promise<InputFile[]> {
  const described: InputFile[] = [];
  for (const [i, path] of files.entries()) {
    const { sha256, bytes } = await sha256OfFile(path);
    if (layouts[i] === undefined) described.push({ path, bytes, sha256 });
    else {
      const { file: _, ...layout } = layouts[i];
      described.push({ path, bytes, sha256, layout });
    }
  }
  return described;
}

/** Rows of each file that a state has seen already: a file is known again by its content, whatever its name. */
export function rowsSeen(inputs: readonly InputFile[], seen: readonly InputPosition[]): Map<string, number> {
  const bySha = new Map(seen.map((position) => [position.sha256, position.rows]));
  return new Map(inputs.map(({ path, sha256 }) => [path, bySha.get(sha256) ?? 0]));
}

/** Positions to keep: what was known before, and what this run has read. */
export function positionsAfter(
  seen: readonly InputPosition[],
  inputs: readonly InputFile[],
  rows: ReadonlyMap<string, number>,
): InputPosition[] {
  const positions = new Map(seen.map((position) => [position.sha256, position]));
  for (const { path, sha256 } of inputs) {
    const read = rows.get(path);
    if (read !== undefined) positions.set(sha256, { sha256, name: path, rows: read });
  }
  return [...positions.values()];
}
