/** Bars that somebody made, read whole and looked at. */
import { violationOf, type GivenBar } from 'minotaur-core/internal/bars/given';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { barTelling, openBars, type BarTelling } from '../../files/bars-source.ts';
import type { BarInputOptions } from '../../files/reading-options.ts';
import { tellingOpenEnd } from '../../files/bars-over.ts';
import { plainName, SYMBOL_NAMES } from '../../files/csv/telling.ts';
import { containerOf } from '../../files/csv/text-stream.ts';
import { symbolOfName } from '../../files/trades/file-symbol.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { createBarDoubts } from './bar-doubts.ts';
import type { InspectedFiles } from './evidence.ts';
import type { TableInspection } from './table-inspection.ts';

/** What of bars was found out. */
export interface SurveyedBars {
  readonly report: TableInspection;
  /** Whether the one time that the files have is assumed to be that of opening. */
  readonly isTimeAssumed: boolean;
  /** What a column of theirs says is traded, or their name. */
  readonly symbol: string | undefined;
  /** Bars of which only open or close is outside of low and high. */
  readonly usable: number;
}

/** @throws {MinotaurError} where a file is refused */
export async function surveyBars(files: readonly string[], input: BarInputOptions): Promise<SurveyedBars> {
  const found: InspectedFiles[] = [];
  const account = createAccount();
  let symbol: string | undefined;
  const told = barTelling(input, files);
  const telling: BarTelling = {
    ...told,
    requireSame(column, text, where) {
      if (SYMBOL_NAMES.includes(plainName(column.name))) symbol ??= text;
      told.requireSame(column, text, where);
    },
  };
  /** Of files whose last bar was not over. */
  const open: string[] = [];
  let isAssumed = false;
  let columns: readonly string[] = [];
  for (const file of files) {
    const { timeUnit, timeMeaning, isTimeAssumed, notes, blocks } = await openBars(file, input, telling);
    isAssumed ||= isTimeAssumed;
    const because = [timeMeaning, ...notes].join('; ');
    found.push({ path: file, files: 1, layout: 'bars', because, timeUnit, container: await containerOf(file) });
    for await (const block of tellingOpenEnd(file, blocks(), (words) => open.push(words))) {
      columns = Object.keys(block.columns);
      for (let i = 0; i < block.rows; i++) account.add(block.at(i), () => block.place(i));
    }
  }
  const { usable, ...counted } = account.report();
  const findings = [...open.map(openEnd), ...counted.findings];
  const report: TableInspection = { kind: 'bars', files: found, ...counted, findings, columns };
  return { report, isTimeAssumed: isAssumed, symbol: symbol ?? symbolOfName(files[0]), usable };
}

/** What is wrong with a bar, and where. */
interface Wrong {
  readonly text: string;
  readonly place: string;
}

/** Of the first bars; where so many lie so far apart, that is how long a bar lasts. */
const LENGTH_BARS = 65_536;
const MOST = 0.5;

function createAccount() {
  let [rows, bad, usable, back, from, to] = [0, 0, 0, 0, NaN, NaN];
  let first: Wrong | undefined;
  let behind: string | undefined;
  let opened = NaN;
  const doubts = createBarDoubts();
  const steps = new Map<number, number>();
  return {
    add(bar: GivenBar, place: () => string): void {
      const { open_time: opens, close_time: closes } = bar;
      doubts.add(bar, place);
      if (rows++ === 0) from = opens;
      to = closes;
      if (opens <= opened) {
        back++;
        behind ??= place();
      } else if (rows <= LENGTH_BARS) steps.set(opens - opened, (steps.get(opens - opened) ?? 0) + 1);
      opened = opens;
      const wrong = violationOf(bar);
      if (wrong === undefined) return;
      bad++;
      if (wrong.usable) usable++;
      first ??= { text: `expected ${wrong.expected}, found ${wrong.found}`, place: place() };
    },
    report() {
      const [[step, often] = [NaN, 0]] = [...steps].sort((a, b) => b[1] - a[1]);
      const isRegular = often > MOST * Math.min(rows, LENGTH_BARS);
      const findings = [
        ...invalidBars(rows, { bad, usable }, first),
        ...(back > 0 ? [disorder(rows, back, behind)] : []),
        ...doubts.report(),
        USE,
      ];
      const interval = isRegular ? step / MICROS_PER_SECOND : null;
      return { rows, from: orNull(from), to: orNull(to), interval, findings, usable };
    },
  };
}

const orNull = (value: number): number | null => (value === value ? value : null);

const USE: Finding = {
  name: 'bars',
  kind: 'note',
  text: 'these are bars that somebody made: a clock takes them (--bars instead of --trades)',
  mend: 'clocks: { given: { bars: given } }, with --bars FILES; `init` writes one',
  places: [],
};

function invalidBars(
  rows: number,
  { bad, usable }: { readonly bad: number; readonly usable: number },
  first: Wrong | undefined,
): Finding[] {
  if (first === undefined) return [];
  return [
    {
      name: 'invalid',
      kind: 'wrong',
      text: `${bad} of ${rows} bars cannot be, and are dropped: ${first.text}`,
      mend: usable > 0 ? 'bars: { invalid: keep }, where only open or close is outside of low and high' : null,
      places: [first.place],
    },
  ];
}

const openEnd = (text: string): Finding => ({ name: 'open', kind: 'note', text, mend: null, places: [] });

const disorder = (rows: number, back: number, behind: string | undefined): Finding => ({
  name: 'order',
  kind: 'wrong',
  text: `${back} of ${rows} bars open no later than the one before them, and are refused`,
  mend: 'leave out what files have twice, and give bars of one symbol and one length, the oldest first',
  places: behind === undefined ? [] : [behind],
});
