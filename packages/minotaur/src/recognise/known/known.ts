/** What columns of other libraries and scripts are called, and the expression of ours that computes each. */

/**
 * A family of expressions. `$x` stands for a series, `$1`, `$2`, ... for numbers.
 */
export interface Known {
  readonly expression: string;
  /** What its columns are called, in small letters without digits and punctuation. */
  readonly names: readonly string[];
  /** Usual numbers, a list for each choice; of {@link PERIODS} where it is absent and there is one number. */
  readonly usual?: readonly (readonly number[])[];
  /** Whether it is usual of any series, not of closes alone. */
  readonly isWide: boolean;
}

/** Usual windows, and those that are tried over series other than closes. */
export const PERIODS: readonly number[] = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 18, 20, 21, 22, 24, 25, 26, 28, 30, 34, 40, 48, 50, 55, 60, 72, 89,
  96, 100, 120, 144, 150, 200, 240, 250, 288,
];
export const FEW_PERIODS: readonly number[] = [3, 5, 7, 9, 10, 12, 14, 20, 21, 24, 26, 30, 50, 60, 100, 200];

/** A row of a table: `expression`, names, and usual numbers as `12 26 9, 5 35 5`. */
export type KnownRow = readonly [expression: string, names: string, usual?: string];

/** Reads a table. */
export function knownOf(rows: readonly KnownRow[], isWide = false): Known[] {
  return rows.map(([expression, names, usual]) => ({
    expression,
    names: names.split(' ').filter((name) => name !== ''),
    isWide,
    ...(usual === undefined ? {} : { usual: usual.split(',').map((one) => one.trim().split(' ').map(Number)) }),
  }));
}

/** How many numbers an expression takes: its highest `$1`, `$2`, ... */
export function numbersOf(expression: string): number {
  return Math.max(0, ...[...expression.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
}

/** The expression of `numbers` over `series`. */
export function fillIn(expression: string, series: string, numbers: readonly number[]): string {
  return expression.replace(/\$(x|\d)/g, (_, what: string) =>
    what === 'x' ? series : String(numbers[Number(what) - 1]),
  );
}
