/** `compare`: two tables, where they part, and why. */
import { listOf, numeric, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { openSide } from '../../compare/sides/open.ts';
import type { ColumnPair } from '../../compare/table/columns.ts';
import { compareSides } from '../../compare/table/compare.ts';
import type { Comparison } from '../../compare/table/report.ts';
import {
  beginRun,
  checkpoint,
  createCourse,
  secondsSince,
  type Course,
  type RunOptions,
  RUN,
} from '../course/options.ts';

/** What `compare` takes. */
export interface CompareOptions extends RunOptions {
  /** Parquet, text, the directory of a run, or a journal. */
  readonly a: string;
  /** The same. */
  readonly b: string;
  /** Names of the key: a time or number, and a symbol; `a=b` where they differ. Found where absent. */
  readonly key?: readonly string[] | undefined;
  /** Columns that are called otherwise in B. */
  readonly map?: readonly ColumnPair[] | undefined;
  /** Only these columns, by their names in A. */
  readonly columns?: readonly string[] | undefined;
  /** Relative difference up to which values are the same; 0, to the bit, where absent. */
  readonly tolerance?: number | undefined;
}

const COMPARE = optionsOf<CompareOptions>(
  { a: textual, b: textual },
  {
    ...RUN,
    key: listOf(textual),
    map: listOf(optionsOf<ColumnPair>({ a: textual, b: textual }, {})),
    columns: listOf(textual),
    tolerance: numeric,
  },
);

/** What `compare` found. */
export interface CompareReport extends Comparison {
  /** That it took. */
  readonly seconds: number;
}

/**
 * Compares two tables row by row of the same key, and says of each column that differs where it begins and why.
 * @throws {MinotaurError} of kind `input` where a side cannot be read or they have nothing in common
 */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  requireKind('compare', COMPARE, options);
  const started = beginRun(options);
  const { signal } = options;
  const a = await openSide(options.a, signal);
  try {
    await checkpoint(signal);
    const b = await openSide(options.b, signal);
    try {
      let course: Course | undefined;
      const onColumns = async (done: number, total: number): Promise<void> => {
        course ??= createCourse(options, { step: 'compare', unit: 'columns', total });
        await course.add(done);
      };
      const found = await compareSides(a, b, { ...options, onColumns });
      return { ...found, seconds: secondsSince(started) };
    } finally {
      b.close();
    }
  } finally {
    a.close();
  }
}
