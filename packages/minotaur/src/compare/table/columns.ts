/** Which column of A is which of B. */
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { plainName } from '../sides/kinds.ts';
import type { Side } from '../sides/side.ts';

/** Columns that are held against each other, by their names. */
export interface ColumnPair {
  /** In the first table. */
  readonly a: string;
  /** In the second. */
  readonly b: string;
}

export interface MatchedColumns {
  readonly pairs: readonly ColumnPair[];
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** What the user says of columns. */
export interface ColumnChoice {
  /** Name in A and in B, where they differ. */
  readonly map?: readonly ColumnPair[] | undefined;
  /** Only these, by their names in A. */
  readonly columns?: readonly string[] | undefined;
}

/** Columns of both sides by name; `keys` are those by which rows are matched. */
export function matchColumns(
  a: Side,
  b: Side,
  keys: readonly [ReadonlySet<string>, ReadonlySet<string>],
  { map = [], columns }: ColumnChoice,
): MatchedColumns {
  const names = (side: Side): string[] => side.columns.map(({ name }) => name);
  const requireColumn = (name: string, side: Side): void => {
    if (!names(side).includes(name)) fail('config', side.name, `a column ${name}`, `none${nearest(name, names(side))}`);
  };
  for (const pair of map) {
    requireColumn(pair.a, a);
    requireColumn(pair.b, b);
  }
  columns?.forEach((name) => requireColumn(name, a));
  const mapped = new Map(map.map((pair) => [pair.a, pair.b]));
  const left = new Set(names(b).filter((name) => !keys[1].has(name)));
  for (const name of mapped.values()) left.delete(name);
  const wanted = names(a).filter((name) => !keys[0].has(name) && (columns?.includes(name) ?? true));
  const found = new Map<string, string>();
  const take = (name: string, other: string): void => {
    left.delete(other);
    found.set(name, other);
  };
  for (const name of wanted) {
    const other = mapped.get(name) ?? (left.has(name) ? name : undefined);
    if (other !== undefined) take(name, other);
  }
  // Names that differ in case and punctuation alone, where there is one of each.
  for (const name of wanted) {
    const alike = found.has(name) ? [] : [...left].filter((other) => plainName(other) === plainName(name));
    if (alike.length === 1) take(name, alike[0]);
  }
  return {
    pairs: [...found].map(([x, y]) => ({ a: x, b: y })),
    onlyA: wanted.filter((name) => !found.has(name)),
    onlyB: columns === undefined ? [...left] : [],
  };
}
