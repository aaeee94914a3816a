/** Files that are no trades: bars that somebody made, and series. */
import { violationOf } from 'minotaur-core/internal/bars/given';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { barTelling, openBars, type BarInputOptions } from '../../files/bars-source.ts';
import { areOfBars } from '../../files/csv/of-bars.ts';
import { containerOf } from '../../files/csv/text-stream.ts';
import { seriesTelling } from '../../files/series-source.ts';
import { namesOfTable, openTable, type TableShape } from '../../files/table-source.ts';
import { expandPaths } from '../../files/paths.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import type { InspectedFiles } from './evidence.ts';

/** Bars or rows, and from when to when. */
export interface TableInspection {
  /** What the files are. */
  readonly kind: 'bars' | 'series';
  /** What was read. */
  readonly files: readonly InspectedFiles[];
  /** How many. */
  readonly rows: number;
  /** Time of the first, microseconds: of a bar when it opens. */
  readonly from: number | null;
  /** Time of the last: of a bar when it closes. */
  readonly to: number | null;
  /** Names of what there is beside times. */
  readonly columns: readonly string[];
  /** What a person has to know. */
  readonly findings: readonly Finding[];
}

/** Undefined where the files are neither. @throws where they are bars by their columns, and are refused */
export async function inspectTable(
  patterns: readonly string[],
  input: BarInputOptions,
): Promise<TableInspection | undefined> {
  const files = expandPaths(patterns);
  const names = await unlessRefused(() => namesOfTable(files[0]));
  if (names !== undefined && areOfBars(names)) return inspectBars(files, input);
  return (await unlessRefused(() => inspectBars(files, input))) ?? unlessRefused(() => inspectSeries(files));
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return undefined;
    throw error;
  }
}

async function inspectBars(files: readonly string[], input: BarInputOptions): Promise<TableInspection> {
  const found: InspectedFiles[] = [];
  let [rows, bad, usable, back, from, to] = [0, 0, 0, 0, NaN, NaN];
  let first: { readonly text: string; readonly place: string } | undefined;
  let behind: string | undefined;
  let opened = NaN;
  let columns: readonly string[] = [];
  const telling = barTelling(input);
  for (const file of files) {
    const { timeUnit, timeMeaning, notes, blocks } = await openBars(file, input, telling);
    found.push({
      path: file,
      files: 1,
      layout: 'bars',
      because: [timeMeaning, ...notes].join('; '),
      timeUnit,
      container: await containerOf(file),
    });
    for await (const block of blocks()) {
      columns = Object.keys(block.columns);
      for (let i = 0; i < block.rows; i++) {
        const bar = block.at(i);
        if (from !== from) from = bar.open_time;
        to = bar.close_time;
        if (bar.open_time <= opened) {
          back++;
          behind ??= block.place(i);
        }
        opened = bar.open_time;
        const wrong = violationOf(bar);
        if (wrong === undefined) continue;
        bad++;
        if (wrong.usable) usable++;
        first ??= { text: `expected ${wrong.expected}, found ${wrong.found}`, place: block.place(i) };
      }
      rows += block.rows;
    }
  }
  const use: Finding = {
    name: 'bars',
    kind: 'note',
    text: 'these are bars that somebody made: a clock takes them (--bars instead of --trades)',
    mend: 'clocks: { given: { bars: given } }, with --bars FILES',
    places: [],
  };
  const broken: Finding = {
    name: 'invalid',
    kind: 'wrong',
    text: `${bad} of ${rows} bars cannot be, and are dropped: ${first?.text ?? ''}`,
    mend: usable > 0 ? 'bars: { invalid: keep }, where only open or close is outside of low and high' : null,
    places: first === undefined ? [] : [first.place],
  };
  const disorder: Finding = {
    name: 'order',
    kind: 'wrong',
    text: `${back} of ${rows} bars open no later than the one before them, and are refused`,
    mend: 'leave out what files have twice, and give bars of one symbol and one length, the oldest first',
    places: behind === undefined ? [] : [behind],
  };
  const findings = [...(bad > 0 ? [broken] : []), ...(back > 0 ? [disorder] : []), use];
  return { kind: 'bars', files: found, rows, from: orNull(from), to: orNull(to), columns, findings };
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
  return { kind: 'series', files: found, rows, from: orNull(from), to: orNull(to), columns: values, findings };
}
