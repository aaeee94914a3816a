/** What `inspect` found, as pages show it. */
import { duration, percent } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { compact, count, type BannerProps, type InspectionProps, type MarketProps, type Tile } from '#view';
import { castsDoubt, type Finding } from '../inspect/survey/finding.ts';
import type { InspectReport } from '../runs/inspection/inspect.ts';
import type { TradesInspection } from '../runs/inspection/trades-inspection.ts';
import { factsOf } from './inspect-facts.ts';

/** A report as the parts of a page; how long it took is not on it. */
export function inspectionParts(report: Told): InspectionProps {
  return {
    banner: bannerOf(report.findings),
    tiles: tilesOf(report),
    findings: report.findings.map(({ text, places, ...finding }) => ({
      ...finding,
      text: oneLine(text),
      places: places.map(oneLine),
    })),
    facts: [...fileFacts(report), ...factsOf(report)].map(([term, text]) => [term, oneLine(text)] as const),
    market: report.kind === 'trades' && report.span.trades > 0 ? marketOf(report) : undefined,
  };
}

/** What is told of: all but how long it took. */
type Told = TradesInspection | Exclude<InspectReport, { kind: 'trades' }>;

function bannerOf(findings: readonly Finding[]): BannerProps {
  const wrong = findings.filter(({ kind }) => kind === 'wrong');
  const doubts = new Set(findings.filter(castsDoubt).map(({ name }) => name));
  if (wrong.length === 0 && doubts.size > 0)
    return { kind: 'neutral', word: 'To be looked at', text: `Notes that cast doubt: ${[...doubts].join(', ')}.` };
  if (wrong.length === 0) return { kind: 'good', word: 'Ready to be used', text: 'Nothing has to be decided.' };
  const names = [...new Set(wrong.map(({ name }) => name))].join(', ');
  return {
    kind: 'bad',
    word: 'To be decided',
    text: `${wrong.length === 1 ? 'One thing' : `${wrong.length} things`}: ${names}.`,
  };
}

function tilesOf(report: Told): Tile[] {
  if (report.kind !== 'trades')
    return [
      [report.kind, report.files[0].layout],
      [count(report.rows), 'rows'],
      [duration(((report.to ?? 0) - (report.from ?? 0)) / 1e6), 'from the first to the last'],
    ];
  const { span, draft } = report;
  return [
    [count(span.trades), 'trades'],
    [duration(span.seconds), 'from the first to the last'],
    [compact(span.turnover), 'turnover, quote units'],
    [draft === null ? 'too short' : duration(draft.hours * 3600), 'warm-up of a configuration to begin with'],
  ];
}

function fileFacts({ files }: Told): [string, string][] {
  return files.map(({ layout, timeUnit, container, because }) => [
    'layout',
    `${layout}, ${timeUnit}, ${container === 'none' ? 'plain' : container}; ${because}`,
  ]);
}

/** Units of time, the largest that gives some figures. */
const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

function marketOf({ timeline, span, sizes, sessions, thresholds, draft }: TradesInspection): MarketProps {
  const [unit, seconds] = UNITS.find(([, length]) => span.seconds >= 3 * length) ?? UNITS[3];
  const since = (micros: number): number => (micros - (span.from ?? 0)) / 1e6 / seconds;
  const { stretches } = timeline;
  const price = stretches.map(({ from, close }) => [since(from + 5e5 * timeline.seconds), close] as const);
  const quarters = sizes.shape.map(({ log10 }) => log10 * 4);
  const lowest = quarters.length === 0 ? 0 : quarters[0];
  const trades = Array.from(
    { length: quarters.length === 0 ? 1 : Math.round(quarters[quarters.length - 1] - lowest) + 1 },
    () => 0,
  );
  for (const { log10, trades: many } of sizes.shape) trades[Math.round(log10 * 4 - lowest)] += many;
  return {
    over: { unit, length: span.seconds / seconds, price, turnover: turnoverOf(timeline, span.from ?? 0) },
    values: { from: lowest / 4, to: (lowest + trades.length) / 4, trades },
    week: span.seconds < 86_400 ? undefined : { unit: 'trades', hours: hoursOf(sessions) },
    thresholds: thresholds.map(({ barsPerDay, threshold }) => [count(barsPerDay), count(threshold)] as const),
    warmup: warmupRows(draft, span.seconds),
    warmupText:
      draft === null
        ? 'The span is too short for any configuration that init writes.'
        : `What init would write, with features ${draft.features} and dollar bars of ${count(draft.threshold)}, has its first row that is ready after about ${duration(draft.hours * 3600)}, ${percent(draft.share)} of the span; init tries it on the files and may choose others.`,
  };
}

/** Trades of each hour of the week, on average; null of those that the span has not. */
function hoursOf({ trades, covered }: TradesInspection['sessions']): (number | null)[] {
  return trades.map((many, hour) => (covered[hour] > 0 || many > 0 ? many / Math.max(1, covered[hour]) : null));
}

/** Bars that are wide enough to be seen: at most so many. */
const DRAWN = 64;

function turnoverOf({ seconds, stretches }: TradesInspection['timeline'], from: number): number[] {
  const at = stretches.map((stretch) => Math.round((stretch.from - from) / 1e6 / seconds));
  const last = at[at.length - 1] + 1;
  const together = Math.ceil(last / DRAWN);
  const heights = Array.from({ length: Math.ceil(last / together) }, () => 0);
  stretches.forEach(({ turnover }, i) => (heights[Math.floor(at[i] / together)] += turnover));
  return heights;
}

function warmupRows(draft: TradesInspection['draft'], whole: number): MarketProps['warmup'] {
  if (draft === null) return [];
  return draft.warmup.clocks.map(({ clock, bars, seconds }) => [
    clock,
    count(bars),
    seconds === null ? '' : duration(seconds),
    seconds === null ? '' : percent(seconds / whole),
  ]);
}
