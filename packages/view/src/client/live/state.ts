/** All that the page knows: what it was told, put together and kept within bounds. */
import {
  LIVE_KEPT,
  type LiveBar,
  type LiveEvent,
  type LiveFacts,
  type LiveNews,
  type LivePrediction,
  type LiveRow,
  type LiveSpan,
  type LiveStretch,
} from '../../parts/live-data.ts';

export interface LiveState {
  readonly facts: LiveFacts;
  /** What is so now; of its lists only what was new. */
  readonly now: LiveNews;
  /** The newest row, from whenever it is. */
  readonly row: LiveRow | null;
  readonly bars: readonly LiveBar[];
  readonly predictions: readonly LivePrediction[];
  readonly events: readonly LiveEvent[];
  readonly seconds: readonly LiveStretch[];
  readonly quarters: readonly LiveStretch[];
  /** By their begin. */
  readonly spans: readonly LiveSpan[];
}

const NOTHING = { row: null, bars: [], predictions: [], events: [], seconds: [], quarters: [], spans: [] } as const;

/** The state once `now` was heard; `before` is of the same connection, undefined where there is none. */
export function advanced(before: LiveState | undefined, facts: LiveFacts, now: LiveNews): LiveState {
  const { bars, predictions, events, seconds, quarters, spans, row } = before ?? NOTHING;
  return {
    facts,
    now,
    row: now.row ?? row,
    bars: appended(bars, now.bars, LIVE_KEPT.bars),
    predictions: appended(predictions, now.predictions, LIVE_KEPT.predictions),
    events: appended(events, now.events, LIVE_KEPT.events),
    seconds: appended(seconds, now.seconds, LIVE_KEPT.stretches),
    quarters: appended(quarters, now.quarters, LIVE_KEPT.stretches),
    spans: merged(spans, now.spans),
  };
}

/** The same array where nothing is new, so that nobody draws it again. */
function appended<T>(list: readonly T[], more: readonly T[], most: number): readonly T[] {
  return more.length === 0 ? list : [...list, ...more].slice(-most);
}

function merged(list: readonly LiveSpan[], changed: readonly LiveSpan[]): readonly LiveSpan[] {
  if (changed.length === 0) return list;
  const all = new Map([...list, ...changed].map((span) => [span.number, span]));
  return [...all.values()].sort((a, b) => a.from - b.from || a.number - b.number).slice(-LIVE_KEPT.spans);
}
