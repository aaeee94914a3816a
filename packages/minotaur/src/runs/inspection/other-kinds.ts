/** Files that are no trades: bars that somebody made, and series. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import type { BarInputOptions } from '../../files/reading-options.ts';
import { areOfBars } from '../../files/csv/of-bars.ts';
import { containerOf } from '../../files/csv/text-stream.ts';
import { seriesTelling } from '../../files/series-source.ts';
import { namesOfTable, openTable, type TableShape } from '../../files/table-source.ts';
import { expandPaths } from '../../files/paths.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { surveyBars, type SurveyedBars } from './bars-survey.ts';
import type { InspectedFiles } from './evidence.ts';
import type { TableInspection } from './table-inspection.ts';

/** Undefined where the files are neither. @throws where they are bars by their columns, and are refused */
export async function inspectTable(
  patterns: readonly string[],
  input: BarInputOptions,
): Promise<TableInspection | undefined> {
  const bars = await barsOf(patterns, input);
  return bars?.report ?? unlessRefused(() => inspectSeries(expandPaths(patterns)));
}

/** The bars of files; undefined where they are none. @throws where they are bars by their columns, and are refused */
export async function barsOf(patterns: readonly string[], input: BarInputOptions): Promise<SurveyedBars | undefined> {
  const files = expandPaths(patterns);
  const names = await unlessRefused(() => namesOfTable(files[0]));
  if (names !== undefined && areOfBars(names)) return surveyBars(files, input);
  return unlessRefused(() => surveyBars(files, input));
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return undefined;
    throw error;
  }
}

const orNull = (value: number): number | null => (value === value ? value : null);

/** Columns that a series has not: with them a file is one of trades or bars that cannot be read as such. */
const OTHERS = /^(price|qty|quantity|size|amount|side|open|high|low|close|volume)$/i;
const TIME = /^(time|timestamp|datetime|date)$/i;

/** A time, and values that are no trades. */
const SERIES: TableShape = {
  what: 'rows of a series',
  isTime: (name) => TIME.test(name),
  headerless: (_, where) => fail('input', where, 'a header with the names of the columns', 'none'),
  wanted(names, where) {
    const times = names.filter((name) => TIME.test(name.trim()));
    const values = names.filter((name) => !TIME.test(name.trim()));
    if (times.length !== 1 || values.length === 0 || values.some((name) => OTHERS.test(name.trim())))
      fail('input', where, 'a time and values of a series', names.join(', '));
    return names.map((name, at) => [name.trim(), at] as const);
  },
};

async function inspectSeries(files: readonly string[]): Promise<TableInspection> {
  const found: InspectedFiles[] = [];
  let [rows, from, to] = [0, NaN, NaN];
  const numbers = new Map<string, number>();
  const telling = seriesTelling();
  for (const file of files) {
    const { unit, wanted, blocks } = await openTable(file, SERIES, { telling });
    const because = `a time and ${wanted.length - 1} values, and neither a price with a quantity nor a bar`;
    found.push({ path: file, files: 1, layout: 'series', because, timeUnit: unit, container: await containerOf(file) });
    for await (const { rows: count, columns } of blocks()) {
      for (const [name, values] of Object.entries(columns)) {
        if (TIME.test(name)) {
          if (from !== from) [from] = values;
          to = values[count - 1];
        } else numbers.set(name, (numbers.get(name) ?? 0) + values.filter((value) => value === value).length);
      }
      rows += count;
    }
  }
  const values = [...numbers].flatMap(([name, count]) => (count > 0 ? [name] : []));
  if (values.length === 0) fail('input', files[0], 'values that are numbers', 'none');
  const hours = ((to - from) / MICROS_PER_SECOND / 3600 / Math.max(1, rows - 1)).toFixed(2);
  const findings: Finding[] = [
    {
      name: 'series',
      kind: 'note',
      text: `these are rows of a series, one every ${hours} h on average: a clock takes them beside trades`,
      mend: `clocks: { NAME: { series: [${values.join(', ')}], delay: 0 } }, with --series NAME=FILES; delay says how long after its time a row became known`,
      places: [],
    },
  ];
  return {
    kind: 'series',
    files: found,
    rows,
    from: orNull(from),
    to: orNull(to),
    interval: null,
    columns: values,
    findings,
  };
}
