/** A draft as a file that a person reads and changes. */
import { stringify } from 'yaml';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { SpanReport } from '../measures/span.ts';
import type { Finding } from '../survey/finding.ts';
import { number, percent } from '../survey/words.ts';
import type { Barriers } from './barriers.ts';
import type { Draft } from './draft.ts';

export interface DraftText {
  readonly draft: Draft;
  readonly barriers: Barriers;
  /** Where the file's schema is, from the file. */
  readonly schema: string;
  /** Names of the files that it was made for. */
  readonly files: readonly string[];
  readonly span: SpanReport;
  readonly findings: readonly Finding[];
  /** What came of it when it was tried. */
  readonly tried: {
    readonly trades: number;
    readonly rows: number;
    readonly readyRows: number;
    /** Seconds from the first trade to the first row that is ready. */
    readonly readyAfter: number;
  };
}

/** YAML with comments; the same of the same trades. */
export function draftText(text: DraftText): string {
  const { draft, barriers, schema } = text;
  const { instruments, calendars, input, trades, clocks, drive, ready, features } = draft.config;
  const parts = [
    `# yaml-language-server: $schema=${schema}`,
    ...headLines(text).map(comment),
    '',
    instruments === undefined
      ? "# symbol: ...   what the venue calls it; the files don't say"
      : section('What is traded; `venue` is a profile, which gives defaults of the rest.', { instruments }),
    ...(calendars === undefined ? [] : [section('Sessions of exchanges.', { calendars })]),
    ...(input === undefined ? [] : [section('How the files are read.', { input })]),
    ...(trades === undefined ? [] : [section(tradesWords(trades), { trades })]),
    section(clockWords(draft, text.span), { clocks, drive }),
    section('How much of the start may be left in a row that is marked ready.', { ready }),
    section(featureWords(draft), { features }),
    section(labelWords(barriers), { label: barriers.label }),
    section('Learn from the past, choose by what follows, be judged by what comes last.', {
      split: { method: 'chronological', train: 0.65, validation: 0.15, test: 0.2 },
    }),
    section('The price itself says which day it is, and nothing else that a model could use on another.', {
      selection: { exclude: ['close_db_s'] },
    }),
    section('Scaled by median and quartiles; trees, calibrated on the validation rows.', {
      transform: { scale: 'robust' },
      model: {
        kind: 'trees',
        rounds: 200,
        minRows: Math.max(5, Math.min(100, Math.floor(text.tried.readyRows / 50))),
        learningRate: 0.05,
      },
    }),
  ];
  return `${parts.join('\n')}\n`;
}

function headLines({ files, span, findings, tried, draft }: DraftText): string[] {
  const named = files.length > 3 ? `${files[0]} and ${number(files.length - 1)} more` : files.join(', ');
  const time = (micros: number | null): string => formatTime(micros ?? 0).slice(0, 19);
  const part = tried.trades < span.trades ? `of its first ${number(tried.trades)} trades` : 'of them';
  const share = percent(tried.readyAfter / span.seconds);
  return [
    `Written by minotaur init for ${named}:`,
    `${number(span.trades)} trades from ${time(span.from)} to ${time(span.to)} (UTC), a turnover of ${number(span.turnover)}.`,
    `Tried on them: ${number(tried.rows)} rows ${part}, ${number(tried.readyRows)} ready, the first after ${spanWords(tried.readyAfter)} (${share} of the span).`,
    ...(tried.trades < span.trades ? [`Over all of them some ${number(draft.rows)} rows are to be expected.`] : []),
    ...findings
      .filter(({ kind }) => kind === 'wrong')
      .flatMap(({ text, mend }) => [`Mind: ${text}`, ...(mend === null ? [] : [`  ${mend}`])]),
  ];
}

/** One line, whatever stands in it: a file may be called anything. */
const comment = (line: string): string => `# ${oneLine(line)}`;

function section(words: string, value: object): string {
  return `\n${words.split('\n').map(comment).join('\n')}\n${stringify(value, { lineWidth: 0, singleQuote: true, flowCollectionPadding: true }).trimEnd()}`;
}

function tradesWords(trades: object): string {
  const words = [
    ...('side' in trades ? ['The source has no sides: an up-tick was bought, a down-tick sold.'] : []),
    ...('reorder' in trades ? ['Trades come late by so much; every bar is available so much later.'] : []),
    ...('disorder' in trades ? ['A few trades come late.'] : []),
    ...('sort' in trades ? ['The files are not in order: each is sorted in memory.'] : []),
    ...('times' in trades ? ['Some times cannot be.'] : []),
  ];
  return words.length === 0 ? 'How trades that are not as they should be are handled.' : words.join('\n');
}

function clockWords({ threshold, rows, fast, slow, set }: Draft, { seconds }: SpanReport): string {
  const perDay = (rows / seconds) * 86_400;
  return [
    `Dollar bars of ${number(threshold)}: some ${number(Math.round(perDay))} a day at this rate, one row each, and of ${set.count} of them;`,
    `time bars of ${fast} and ${slow}. A lower threshold gives more rows, which are ready sooner.`,
  ].join('\n');
}

function featureWords({ set }: Draft): string {
  if (set.name === 'starter') return 'Those of the preset `starter`. `npx minotaur features` has the catalogue.';
  return 'Short windows, because the span is short: with more history take those of the preset `starter`.\n`npx minotaur features` has the catalogue.';
}

function labelWords({ label, bars, typical, gains, losses }: Barriers): string {
  const touched = `${number(gains)} rows gain and ${number(losses)} lose`;
  if (label.method === 'horizon') return `The sign of the return after ${bars} rows: ${touched}.`;
  return [
    `The price typically moves by ${percent(typical)} in ${bars} rows; barriers so far away, and a limit of twice the rows.`,
    `By closes of these trades ${touched}.`,
  ].join('\n');
}

/** Seconds as a person says them. */
export function spanWords(seconds: number): string {
  if (seconds < 120) return `${number(seconds)} s`;
  if (seconds < 7200) return `${number(Number((seconds / 60).toFixed(1)))} min`;
  if (seconds < 172_800) return `${number(Number((seconds / 3600).toFixed(1)))} h`;
  return `${number(Number((seconds / 86_400).toFixed(1)))} days`;
}
