/** One of two tables that are compared: its columns, read when they are asked for. */

export interface SideColumn {
  readonly name: string;
  /** Times are microseconds since the epoch, texts the numbers that {@link codeOf} gives. */
  readonly kind: 'number' | 'time' | 'text';
}

export interface Side {
  /** Its path. */
  readonly name: string;
  /** What it is: `Parquet`, `CSV`, `rows of a run`, `journal`. */
  readonly what: string;
  readonly rows: number;
  readonly columns: readonly SideColumn[];
  /** The columns named, whole, in their order; NaN where there is no value. `into`, a row long each, may be written over for them. */
  read(names: readonly string[], into?: readonly Float64Array[]): Promise<Float64Array[]>;
  /** The word that a value of a column of words stands for, where that was read and is known. */
  word(code: number): string | undefined;
  close(): void;
}

/** A text as a number that is the same on both sides and is no value that a column of numbers has: of 51 bits, as a hash. */
export function codeOf(text: string): number {
  let [h, g] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h = Math.imul(h ^ code, 0x01000193);
    g = Math.imul(g ^ code, 0x5bd1e995) ^ (g >>> 13);
  }
  return (h >>> 0) * 524_288 + ((g >>> 0) & 0x7ffff) + 0.5;
}

/** A table in memory. */
export function memorySide(
  name: string,
  columns: Readonly<Record<string, Float64Array>>,
  times: readonly string[],
): Side {
  const names = Object.keys(columns);
  return {
    name,
    what: 'memory',
    rows: names.length === 0 ? 0 : columns[names[0]].length,
    columns: names.map((column) => ({ name: column, kind: times.includes(column) ? 'time' : 'number' })),
    read: (wanted) => Promise.resolve(wanted.map((column) => columns[column])),
    word: () => undefined,
    close: () => {},
  };
}
