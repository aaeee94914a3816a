/** The report of trades that were surveyed. */
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { instrumentInputOf } from 'minotaur-core/internal/trades/instrument';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import { draftBase } from '../../inspect/draft/base.ts';
import { draftsOf } from '../../inspect/draft/draft.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { findingsOf, type SymbolRows } from '../../inspect/survey/findings.ts';
import type { Survey } from '../../inspect/survey/survey.ts';
import { forecastWarmup, type WarmupForecast } from '../chain/forecast.ts';
import type { SettledInstrument } from '../chain/settled.ts';
import { inspectedFiles, type InspectedFiles } from './evidence.ts';
import type { SurveyedTrades } from './surveying.ts';

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
  /** Whether the configuration or the venue's profile says the contract; otherwise it is counted as spot is. */
  readonly isContractTold: boolean;
  /** Symbols that were left out. */
  readonly others: readonly SymbolRows[];
  /** What `init` would write; null where the span is too short for any configuration of its. */
  readonly draft: DraftOutline | null;
  /** What a person has to know; what has to be decided first. */
  readonly findings: readonly Finding[];
}

/** The report of trades. */
export function tradesInspection(surveyed: SurveyedTrades): TradesInspection {
  const { survey, layouts, instrument, others } = surveyed;
  return {
    kind: 'trades',
    files: inspectedFiles(layouts),
    instrument,
    isContractTold: isContractTold(surveyed),
    others,
    ...survey,
    draft: outlineOf(surveyed),
    findings: findingsOf(survey, { instrument, others, sideMeans: layouts[0].sideMeans }),
  };
}

function isContractTold({ settled, instrument: { venue } }: SurveyedTrades): boolean {
  const said = instrumentInputOf(settled.config);
  return (said?.contract ?? (venue === null ? undefined : profileNamed(venue)?.defaults.contract)) !== undefined;
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
