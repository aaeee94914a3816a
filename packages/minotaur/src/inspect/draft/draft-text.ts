/** A draft as a file that a person reads and changes. */
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import type { SpanReport } from '../measures/span.ts';
import type { Barriers } from './barriers.ts';
import type { Draft } from './draft.ts';
import { labelWords, learningSections } from './learning-text.ts';
import { comment, headOf, instrumentSection, section, timeText, type DraftFacts, type TriedDraft } from './sections.ts';

export interface DraftText extends DraftFacts {
  readonly draft: Draft;
  readonly barriers: Barriers;
  readonly span: SpanReport;
  /** What came of it when it was tried. */
  readonly tried: TriedDraft & { readonly trades: number };
}

/** From a row to the trade that it enters at. */
const DELAY = '500ms';
const ENTRY = `Entered at the first trade ${DELAY} after the row: no one gets the close of the bar itself.`;

/** YAML with comments; the same of the same trades. */
export function draftText(text: DraftText): string {
  const { draft, barriers, schema, data } = text;
  const { symbol, instruments, calendars, input, trades, clocks, drive, ready, features } = draft.config;
  const parts = [
    `# yaml-language-server: $schema=${schema}`,
    ...headLines(text).map(comment),
    instrumentSection(symbol, instruments),
    section('The files, from here on: `npx minotaur run` takes them from this.', {
      data: { trades: data.length === 1 ? data[0] : data },
    }),
    ...(calendars === undefined ? [] : [section('Sessions of exchanges.', { calendars })]),
    ...(input === undefined ? [] : [section('How the files are read.', { input })]),
    ...(trades === undefined ? [] : [section(tradesWords(trades), { trades })]),
    section(clockWords(draft, text.span.seconds / expectedRows(text)), { clocks, drive }),
    section('How much of the start may be left in a row that is marked ready.', { ready }),
    section(featureWords(draft), { features }),
    section(labelWords(barriers, ENTRY), { label: { ...barriers.label, delay: DELAY } }),
    ...learningSections(text.tried, 'close_db_s'),
  ];
  return `${parts.join('\n')}\n`;
}

/** Rows over the whole span: as many a trade as where it was tried. */
function expectedRows({ tried, span }: DraftText): number {
  return Number(((tried.rows * span.trades) / tried.trades).toPrecision(2));
}

function headLines(text: DraftText): string[] {
  const { span, tried } = text;
  const isPart = tried.trades < span.trades;
  return headOf(text, [
    `${figure(span.trades)} trades from ${timeText(span.from)} to ${timeText(span.to)} (UTC),`,
    `a turnover of ${figure(span.turnover)}. Tried on ${isPart ? `the first ${figure(tried.trades)}` : 'them'}: ${figure(tried.rows)} rows, ${figure(tried.readyRows)} ready,`,
    `the first after ${duration(tried.readyAfter)}, ${percent(tried.readyAfter / span.seconds)} of the span.${isPart ? ` Over all some ${figure(expectedRows(text))} rows are to be expected.` : ''}`,
  ]);
}

/** Of the section `trades`. */
export function tradesWords(trades: object): string {
  const words = [
    ...('side' in trades ? ['The source has no sides: an up-tick was bought, a down-tick sold.'] : []),
    ...('reorder' in trades ? ['Trades come late by so much; every bar is available so much later.'] : []),
    ...('disorder' in trades ? ['A few trades come late.'] : []),
    ...('sort' in trades ? ['The files are not in order: each is sorted in memory.'] : []),
    ...('times' in trades ? ['Some times cannot be.'] : []),
  ];
  return words.length === 0 ? 'How trades that are not as they should be are handled.' : words.join('\n');
}

/** `seconds`: those of a short bar. */
function clockWords({ threshold, fast, slow, set }: Draft, seconds: number): string {
  return [
    `Dollar bars of ${figure(threshold)}, one about every ${duration(Number(seconds.toPrecision(2)))}, each a row; bars of ${set.count} of them;`,
    `time bars of ${fast} and ${slow}. A lower threshold gives more rows, which are ready sooner.`,
  ].join('\n');
}

function featureWords({ set }: Draft): string {
  if (set.name === 'starter') return 'Those of the preset `starter`. `npx minotaur features` has the catalogue.';
  return 'Short windows, because the span is short: with more history take those of the preset `starter`.\n`npx minotaur features` has the catalogue.';
}
