/** `inspect`: what files are, and what has to be decided before they are used. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { loadReading } from '../../files/config-file.ts';
import { draftBase } from '../../inspect/draft/base.ts';
import { draftsOf } from '../../inspect/draft/draft.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { findingsOf, type SymbolRows } from '../../inspect/survey/findings.ts';
import type { Survey } from '../../inspect/survey/survey.ts';
import { forecastWarmup, type WarmupForecast } from '../chain/forecast.ts';
import type { SettledInstrument } from '../chain/settle.ts';
import { beginRun, secondsSince, type RunOptions } from '../course/options.ts';
import { inspectedFiles, type InspectedFiles } from './evidence.ts';
import { inspectTable, type TableInspection } from './other-kinds.ts';
import { openForSurvey, surveyTrades, type OpenedTrades, type Reading, type SurveyedTrades } from './surveyed.ts';

/** What `inspect` takes. */
export interface InspectOptions extends RunOptions {
  /** Files and globs. */
  readonly files: readonly string[];
  /** Says of the instrument, and how the files are read, what they do not say themselves; it need not have clocks. */
  readonly config?: ConfigInput | string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
}

/** What `init` would write, in outline. */
export interface DraftOutline {
  /** Whose features: `starter`, as the preset; `brief` and `least` need less history. */
  readonly features: 'starter' | 'brief' | 'least';
  /** Quote units of a short dollar bar. */
  readonly threshold: number;
  /** Rows over the span, about. */
  readonly rows: number;
  /** What its clocks need. */
  readonly warmup: WarmupForecast;
  /** The longest of these, in hours. */
  readonly hours: number;
  /** The same as a share of the span. */
  readonly share: number;
}

/** Trades that were inspected. */
export interface TradesInspection extends Survey {
  /** That the files are trades. */
  readonly kind: 'trades';
  /** What was read. */
  readonly files: readonly InspectedFiles[];
  /** Of what, and what said so. */
  readonly instrument: SettledInstrument;
  /** Symbols that were left out. */
  readonly others: readonly SymbolRows[];
  /** What `init` would write; null where the span is too short for any configuration of its. */
  readonly draft: DraftOutline | null;
  /** What a person has to know; what has to be decided first. */
  readonly findings: readonly Finding[];
}

/** What `inspect` found. */
export type InspectReport = (TradesInspection | TableInspection) & {
  /** That it took. */
  readonly seconds: number;
};

/**
 * Reads files and says what they are.
 * @throws {MinotaurError} of kind `input` where they cannot be read: why, and what to declare
 */
export async function inspect(options: InspectOptions): Promise<InspectReport> {
  const started = beginRun(options);
  const { files, accept, config: argument = { clocks: {} } } = options;
  const reading: Reading = { ...options, files, accept, config: await loadReading(argument) };
  const opened = await openOrTable(reading);
  if ('kind' in opened) return { ...opened, seconds: secondsSince(started) };
  const surveyed = await surveyTrades(reading, opened);
  return { ...tradesInspection(surveyed), seconds: secondsSince(started) };
}

/** Trades first; what is refused as such may be bars, or a series. */
async function openOrTable(reading: Reading): Promise<OpenedTrades | TableInspection> {
  try {
    return await openForSurvey(reading);
  } catch (error) {
    if (!(error instanceof MinotaurError && error.kind === 'input')) throw error;
    const table = await inspectTable(reading.files, reading.config);
    if (table !== undefined) return table;
    throw error;
  }
}

/** The report of trades. */
export function tradesInspection(surveyed: SurveyedTrades): TradesInspection {
  const { survey, layouts, instrument, others } = surveyed;
  return {
    kind: 'trades',
    files: inspectedFiles(layouts),
    instrument,
    others,
    ...survey,
    draft: outlineOf(surveyed),
    findings: findingsOf(survey, { instrument, others, sideMeans: layouts[0].sideMeans }),
  };
}

function outlineOf({ settled, instrument, survey }: SurveyedTrades): DraftOutline | null {
  const { span } = survey;
  const draft = draftsOf(span, draftBase(settled.config, instrument, survey)).at(0);
  if (draft === undefined) return null;
  const plan = createPlan(parseConfig(draft.config));
  const { seconds, trades, volume, turnover } = span;
  const rates = { trades: trades / seconds, volume: volume / seconds, turnover: turnover / seconds };
  const before = { bars: Object.fromEntries(plan.clocks.map(({ name }) => [name, 0])) };
  const warmup = forecastWarmup(plan, { [plan.instruments[0].name]: { trades, seconds, rates } }, before);
  const longest = Math.max(...warmup.clocks.map((clock) => clock.seconds ?? 0));
  const { set, threshold, rows } = draft;
  return { features: set.name, threshold, rows, warmup, hours: longest / 3600, share: longest / seconds };
}
