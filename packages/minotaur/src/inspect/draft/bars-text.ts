/** A draft over bars as a file that a person reads and changes. */
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import type { Barriers } from './barriers.ts';
import type { BarsDraft } from './bars-draft.ts';
import { labelWords, learningSections } from './learning-text.ts';
import { comment, headOf, instrumentSection, section, timeText, type DraftFacts, type TriedDraft } from './sections.ts';

export interface BarsText extends DraftFacts {
  readonly draft: BarsDraft;
  readonly barriers: Barriers;
  /** How many bars, from when to when (microseconds). */
  readonly span: { readonly bars: number; readonly from: number | null; readonly to: number | null };
  /** Seconds from one bar to the next; null where they are no bars of time. */
  readonly interval: number | null;
  readonly isTimeAssumed: boolean;
  /** What came of it when it was tried. */
  readonly tried: TriedDraft & { readonly bars: number };
}

const ENTRY =
  'Entered at the close of the bar, which no one gets: `delay: 1ms` enters at the open of the next bar that opens after it.';

/** YAML with comments; the same of the same bars. */
export function barsText(text: BarsText): string {
  const { draft, barriers, schema, data, isTimeAssumed } = text;
  const { symbol, instruments, calendars, input, bars, clocks, drive, ready, features } = draft.config;
  const parts = [
    `# yaml-language-server: $schema=${schema}`,
    ...headLines(text).map(comment),
    instrumentSection(symbol, instruments),
    section('The files, from here on: `npx minotaur run` takes them from this.', {
      data: { bars: data.length === 1 ? data[0] : data },
    }),
    ...(calendars === undefined ? [] : [section('Sessions of exchanges.', { calendars })]),
    ...(input === undefined ? [] : [section(inputWords(isTimeAssumed), { input })]),
    ...(bars === undefined
      ? []
      : [section('Bars of which only open or close is outside of low and high are used as they are.', { bars })]),
    section(clockWords(text), { clocks, drive }),
    section('How much of the start may be left in a row that is marked ready.', { ready }),
    section(featureWords(draft), { features }),
    section(labelWords(barriers, ENTRY), { label: barriers.label }),
    ...learningSections(text.tried, `close_${draft.given}`),
  ];
  return `${parts.join('\n')}\n`;
}

function headLines(text: BarsText): string[] {
  const { span, tried } = text;
  const seconds = ((span.to ?? 0) - (span.from ?? 0)) / 1e6;
  const on = tried.bars < span.bars ? `the first ${figure(tried.bars)}` : 'them';
  return headOf(text, [
    `${figure(span.bars)} bars from ${timeText(span.from)} to ${timeText(span.to)} (UTC).`,
    `Tried on ${on}: ${figure(tried.rows)} rows, ${figure(tried.readyRows)} ready,`,
    `the first after ${duration(tried.readyAfter)}, ${percent(tried.readyAfter / seconds)} of the span.`,
  ]);
}

const inputWords = (isTimeAssumed: boolean): string =>
  isTimeAssumed
    ? 'How the files are read. Their one time is taken for that of the opening, which makes a bar known late rather than\nearly where it is wrong: `close` where it is that of the end.'
    : 'How the files are read.';

function clockWords({ draft: { slower }, interval }: BarsText): string {
  const length = interval === null ? 'The bars as they are' : `The bars as they are, one every ${duration(interval)}`;
  return slower.length === 0
    ? `${length}, each a row.`
    : `${length}, each a row; and bars of them, which are known when the last of them is.`;
}

function featureWords({ set }: BarsDraft): string {
  const words = 'Of prices, volume and what else the files have. `npx minotaur features` has the catalogue.';
  return set.name === 'starter' ? words : `Short windows, because there are few bars. ${words}`;
}
