/** Series from files: tables of a time, the time at which each row became known, and values. */
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import { listed } from './csv/listed.ts';
import { createTelling, type Telling } from './csv/telling.ts';
import { openTable, type TableShape } from './table-source.ts';
import type { WantedColumn } from './wanted-column.ts';

/** Times by the names that files use; the first name is ours. */
const TIMES: ReadonlyMap<string, string> = new Map([
  ['time', 'time'],
  ['timestamp', 'time'],
  ['datetime', 'time'],
  ['date', 'time'],
  ['available_at', 'available_at'],
  ['availableat', 'available_at'],
]);

/** What a series is, as its clock declares it. */
export interface SeriesShape {
  readonly name: string;
  readonly values: readonly string[];
  /** Microseconds after its time a row became known; NaN where each has to say it. */
  readonly delay: number;
}

/** What the files of a series say of what is traded, which has to be the same. */
export const seriesTelling = (): Telling => createTelling([], () => 'a series is of one, with files of its own');

/** Some rows of a series, in the order of the file. */
export interface SeriesBlock {
  readonly rows: number;
  /** Row `i`, as an engine takes it. */
  at(i: number): SeriesRow;
  /** When row `i` became known. */
  availableAt(i: number): number;
  /** `funding.csv line 12` or `funding.parquet row 11`. */
  place(i: number): string;
}

/**
 * The rows of a file of a series from the start, in bounded memory; `telling` is that of all of its files.
 * @throws {MinotaurError} of kind `input` for a missing column, a malformed file, a wrong unit or no rows
 */
export async function* readSeries(file: string, shape: SeriesShape, telling: Telling): AsyncGenerator<SeriesBlock> {
  const table = await openTable(file, tableShape(shape), { telling });
  let total = 0;
  for await (const { rows, columns, place } of table.blocks()) {
    const { time, available_at: available } = columns;
    total += rows;
    yield {
      rows,
      place,
      availableAt: (i) =>
        available === undefined || available[i] !== available[i] ? time[i] + shape.delay : available[i],
      at: (i) => ({
        time: time[i],
        ...(available !== undefined && available[i] === available[i] ? { available_at: available[i] } : {}),
        ...Object.fromEntries(shape.values.map((value) => [value, columns[value][i]])),
      }),
    };
  }
  if (total === 0) fail('input', file, 'rows of a series', 'no rows');
}

function tableShape({ name, values, delay }: SeriesShape): TableShape {
  const ours = (column: string): string | undefined => {
    const key = column.trim();
    if (values.includes(key)) return key;
    const small = key.toLowerCase();
    return TIMES.get(small) ?? values.find((value) => value.toLowerCase() === small);
  };
  return {
    what: `rows of '${name}'`,
    isStrict: true,
    isTime: (column) => column === 'time' || column === 'available_at',
    headerless: (_, where) => fail('input', where, 'a header with the names of the columns', 'none'),
    wanted(names, where) {
      const wanted = new Map<string, number>();
      names.forEach((column, at) => {
        const known = ours(column);
        if (known === undefined) return;
        if (wanted.has(known))
          fail('input', where, `one ${known} column`, `${names[wanted.get(known) as number]} and ${column}`);
        wanted.set(known, at);
      });
      const missing = ['time', ...values].find((value) => !wanted.has(value));
      if (missing !== undefined)
        fail('input', where, `a column ${missing}`, `the columns ${listed(names)}${nearest(missing, names)}`);
      if (delay !== delay && !wanted.has('available_at'))
        fail(
          'input',
          where,
          `a column available_at, because clocks.${name} has no delay`,
          `the columns ${listed(names)}`,
        );
      return [...wanted] satisfies WantedColumn[];
    },
  };
}
