/** The columns that are recognised, some of which are in memory at a time. */

/** Columns of a table with a value for each bar, NaN where there is none. */
export interface Columns {
  readonly names: readonly string[];
  /** Those named, whole, in their order. */
  read(names: readonly string[]): Promise<readonly Float64Array[]>;
}

/** Bytes of whole columns that are held at once: of the table, and of candidates. */
const HELD_BYTES = 1 << 27;

/** How many columns of `rows` rows are held at once. */
export const mostColumns = (rows: number): number => Math.max(1, Math.floor(HELD_BYTES / (8 * Math.max(1, rows))));

/** Columns that are in memory. */
export function columnsOf(values: ReadonlyMap<string, Float64Array>): Columns {
  return {
    names: [...values.keys()],
    read: (names) => Promise.resolve(names.map((name) => values.get(name) as Float64Array)),
  };
}

/** Reads `names`, as many at once as are held, one part after the other. */
export async function* readInParts(
  columns: Columns,
  names: readonly string[],
  rows: number,
): AsyncGenerator<readonly (readonly [name: string, values: Float64Array])[]> {
  const most = mostColumns(rows);
  for (let from = 0; from < names.length; from += most) {
    const some = names.slice(from, from + most);
    const values = await columns.read(some);
    yield some.map((name, k) => [name, values[k]] as const);
  }
}
