/** What is told of trades that were not as they should be: the same of many rows in a row is told once. */

/** What becomes of a trade with a problem: it ends the run, is left out, or is used all the same. */
export type Handling = 'reject' | 'drop' | 'keep';

/** What can be wrong with a trade; `disorder` is a late one. */
export type Problem = 'duplicate' | 'disorder' | 'invalid' | 'time' | 'gap';

/** The same thing wrong with rows [row, last] of the block that was pushed, handled alike. */
export interface Notice {
  /** Which kind. */
  readonly problem: Problem;
  /** First row of the block that was pushed; below 0 where it waited since a block before. */
  readonly row: number;
  /** Last row; the same where it is only one. */
  readonly last: number;
  /** How many rows: all from the first to the last. */
  readonly count: number;
  /** What was done. */
  readonly handling: Handling;
  /** In words, of the first row. */
  readonly expected: string;
  /** In words, of the first row. */
  readonly found: string;
  /** True of duplicates whose time is after all trades before: a trade that is delivered again never is, so these may be others. */
  readonly later?: true;
}

/** Joins notices as they come; `tell` hears of each run of them once it has ended. */
export interface NoticeRanges {
  /** One row with a problem. `say` is called for the first of a run: what was expected, and found. `later`: as in Notice. */
  add(
    problem: Problem,
    row: number,
    handling: Handling,
    say: () => readonly [expected: string, found: string],
    later?: boolean,
  ): void;
  /** Nothing more will be joined to what was added. */
  flush(): void;
}

export function createNoticeRanges(tell: (notice: Notice) => void): NoticeRanges {
  let open: { -readonly [K in keyof Notice]: Notice[K] } | undefined;
  const flush = (): void => {
    if (open !== undefined) tell(open);
    open = undefined;
  };
  return {
    add(problem, row, handling, say, later = false) {
      const isSame = open?.problem === problem && open.handling === handling && (open.later ?? false) === later;
      if (open !== undefined && isSame && open.last === row - 1) {
        open.last = row;
        open.count++;
        return;
      }
      flush();
      const [expected, found] = say();
      open = { problem, row, last: row, count: 1, handling, expected, found, ...(later ? { later } : {}) };
    },
    flush,
  };
}
