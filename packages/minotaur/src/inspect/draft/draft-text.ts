/** A draft as a file that a person reads and changes. */
import { stringify } from 'yaml';
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { SpanReport } from '../measures/span.ts';
import type { Finding } from '../survey/finding.ts';
import type { Barriers } from './barriers.ts';
import type { Draft, DraftBase } from './draft.ts';

export interface DraftText {
  readonly draft: Draft;
  readonly barriers: Barriers;
  /** Where the file's schema is, from the file. */
  readonly schema: string;
  /** The files that it was made for, and globs, from the folder of the file on. */
  readonly data: readonly string[];
  /** Their names. */
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

/** From a row to the trade that it enters at. */
const DELAY = '500ms';
/** Rows that are too few for a part of them to calibrate by. */
const FEW = 2000;

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
    section(labelWords(barriers), { label: { ...barriers.label, delay: DELAY } }),
    section('Learn from the past, choose by what follows, be judged by what comes last.', {
      split: { method: 'chronological', train: 0.65, validation: 0.15, test: 0.2 },
    }),
    section('Rows that a prediction looks at.', { sequence: { length: 1 } }),
    section('The price itself says which day it is, and nothing else that a model could use on another.', {
      selection: { exclude: ['close_db_s'] },
    }),
    section(
      text.tried.readyRows < FEW
        ? 'Scaled by median and quartiles; trees, not calibrated: the validation rows are few.'
        : 'Scaled by median and quartiles; trees, calibrated on the validation rows.',
      {
        transform: { scale: 'robust' },
        model: {
          kind: 'trees',
          rounds: 200,
          minRows: Math.max(5, Math.min(100, Math.floor(text.tried.readyRows / 50))),
          learningRate: 0.05,
          calibration: text.tried.readyRows < FEW ? 'none' : 'isotonic',
        },
      },
    ),
  ];
  return `${parts.join('\n')}\n`;
}

/** Rows over the whole span: as many a trade as where it was tried. */
function expectedRows({ tried, span }: DraftText): number {
  return Number(((tried.rows * span.trades) / tried.trades).toPrecision(2));
}

function headLines(text: DraftText): string[] {
  const { files, span, findings, tried } = text;
  const named = files.length > 3 ? `${files[0]} and ${figure(files.length - 1)} more` : files.join(', ');
  const time = (micros: number | null): string => formatTime(micros ?? 0).slice(0, 19);
  const isPart = tried.trades < span.trades;
  const share = percent(tried.readyAfter / span.seconds);
  return [
    `Written by minotaur init for ${named}:`,
    `${figure(span.trades)} trades from ${time(span.from)} to ${time(span.to)} (UTC),`,
    `a turnover of ${figure(span.turnover)}. Tried on ${isPart ? `the first ${figure(tried.trades)}` : 'them'}: ${figure(tried.rows)} rows, ${figure(tried.readyRows)} ready,`,
    `the first after ${duration(tried.readyAfter)}, ${share} of the span.${isPart ? ` Over all some ${figure(expectedRows(text))} rows are to be expected.` : ''}`,
    ...findings
      .filter(({ kind }) => kind === 'wrong')
      .flatMap((finding) => [`Mind: ${finding.text}`, ...(finding.mend === null ? [] : [`  ${finding.mend}`])]),
  ];
}

/** One line, whatever stands in it: a file may be called anything. */
const comment = (line: string): string => `# ${oneLine(line)}`;

/** A part of a configuration, its words above it as comments. */
export function section(words: string, value: object): string {
  return `\n${words.split('\n').map(comment).join('\n')}\n${stringify(value, { lineWidth: 0, singleQuote: true, flowCollectionPadding: true }).trimEnd()}`;
}

/** What is traded. */
export function instrumentSection(symbol: DraftBase['symbol'], instruments: DraftBase['instruments']): string {
  if (instruments !== undefined)
    return section('What is traded; `venue` is a profile, which gives defaults of the rest.', { instruments });
  return symbol === undefined
    ? "\n# symbol: ...    # what the venue calls it: the files don't say"
    : section('What is traded, as its files name it.', { symbol });
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

function labelWords({ label, bars, typical, gains, losses }: Barriers): string {
  const touched = `${figure(gains)} rows gain and ${figure(losses)} lose`;
  const entry = `Entered at the first trade ${DELAY} after the row: no one gets the close of the bar itself.`;
  if (label.method === 'horizon') return `The sign of the return after ${bars} rows: ${touched}.\n${entry}`;
  return [
    `The price typically moves by ${percent(typical)} in ${bars} rows: barriers about so far away,`,
    `and a limit of twice as many rows.`,
    `By the closes of these bars ${touched}.`,
    entry,
  ].join('\n');
}
