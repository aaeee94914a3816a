/** Configurations that may suit a survey: clocks sized so that rows become ready early in the span. */
import { MICROS_PER_SECOND, parseSpan } from 'minotaur-core/internal/base/time';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { SpanReport } from '../measures/span.ts';
import { tradingDays, twoDigits } from '../measures/thresholds.ts';
import { FEATURE_SETS, type FeatureSet } from './feature-sets.ts';

/** A configuration to be tried. */
export interface Draft {
  readonly set: FeatureSet;
  /** Quote units of a short bar. */
  readonly threshold: number;
  /** Of the time clocks. */
  readonly fast: string;
  readonly slow: string;
  /** Rows that it gives over the span, about. */
  readonly rows: number;
  readonly config: ConfigInput;
}

/** What of a configuration is settled before there is a draft: instrument, input, trades. */
export type DraftBase = Pick<ConfigInput, 'symbol' | 'instruments' | 'calendars' | 'input' | 'trades'>;

/** Short bars a day that are enough for anybody to begin with. */
const BARS_PER_DAY = 500;
/** Rows that a short span should have, where it has trades for twice as many. */
const ROWS = 1000;
/** Rows are to be ready within this part of the span. */
export const READY_WITHIN = 0.25;
/** So much of that part may be taken by what is figured; the market is not as even. */
const MARGIN = 0.7;

const PAIRS = [
  ['1min', '5min'],
  ['15s', '1min'],
  ['5s', '30s'],
  ['1s', '5s'],
  ['500ms', '2s'],
  ['250ms', '1s'],
  ['50ms', '200ms'],
] as const;

/** The richest first; of each set of features with lower and lower thresholds. Nothing where the span is too short for any. */
export function draftsOf(span: SpanReport, base: DraftBase): Draft[] {
  return FEATURE_SETS.flatMap((set) => {
    const plan = planOf(set, base);
    const pair = PAIRS.find(([fast, slow]) => fitsTime(plan, [fast, slow], span.seconds));
    const most = span.trades / set.leastTrades;
    const need = Math.max(...plan.clocks.slice(0, 2).map(({ warmup }) => warmup.rootBars?.bars ?? warmup.bars));
    const least = need / (READY_WITHIN * MARGIN);
    if (pair === undefined || most < least || !(span.turnover > 0)) return [];
    const rows = Math.max(least, BARS_PER_DAY * tradingDays(span), Math.min(ROWS, most / 2));
    const tried = [1, 2, 4].map((times) => Math.min(most, rows * times));
    return [...new Set(tried)].map((count) => draftOf(set, base, pair, span.turnover / count, span.turnover));
  });
}

/** Whether the time clocks are warm within the part of the span. */
function fitsTime({ clocks }: Plan, pair: readonly [string, string], seconds: number): boolean {
  return pair.every((every, i) => {
    const needed = (clocks[2 + i].warmup.bars * parseSpan(every)) / MICROS_PER_SECOND;
    return needed <= MARGIN * READY_WITHIN * seconds;
  });
}

/** What a set of features waits for does not depend on how long bars are. */
function planOf(set: FeatureSet, base: DraftBase): Plan {
  return createPlan(parseConfig(draftOf(set, base, PAIRS[0], 1, 1).config));
}

function draftOf(
  set: FeatureSet,
  base: DraftBase,
  [fast, slow]: readonly [string, string],
  exact: number,
  turnover: number,
): Draft {
  const threshold = twoDigits(exact);
  const { short, medium } = set.features;
  const config: ConfigInput = {
    ...base,
    clocks: {
      short: { bars: 'dollar', threshold, suffix: '_db_s' },
      medium: { from: 'short', count: set.count, suffix: '_db_m' },
      [fast]: { bars: 'time', every: fast, suffix: `_tb_${fast}` },
      [slow]: { bars: 'time', every: slow, suffix: `_tb_${slow}` },
    },
    drive: 'short',
    ready: { tolerance: set.tolerance },
    features: { short, medium, [fast]: set.features.fast, [slow]: set.features.slow },
  };
  return { set, threshold, fast, slow, rows: Math.floor(turnover / threshold), config };
}
