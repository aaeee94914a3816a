/** All that is looked at in trades, in one pass and bounded memory. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { IntakeCounts } from 'minotaur-core/internal/trades/intake';
import type { SourceBlock } from '../../files/trades/source-block.ts';
import { createDensity, type DensityReport } from '../measures/density.ts';
import { createDisorder, type DisorderReport } from '../measures/disorder.ts';
import { createHoles, type HolesReport } from '../measures/holes.ts';
import { createJumps, type JumpsReport } from '../measures/jumps.ts';
import { createProblems, type ProblemsReport } from '../measures/problems.ts';
import { createQuote, type QuoteReport } from '../measures/quote.ts';
import { createResolution, type ResolutionReport } from '../measures/resolution.ts';
import { createSessions, type SessionsReport } from '../measures/sessions.ts';
import { createSides, type SidesReport } from '../measures/sides.ts';
import { createSizes, type SizesReport } from '../measures/sizes.ts';
import { createSpan, type SpanReport } from '../measures/span.ts';
import { createTaker } from '../measures/taken.ts';
import { suggestThresholds, type Threshold } from '../measures/thresholds.ts';
import { createTies, type TiesReport } from '../measures/ties.ts';
import { createTimeline, type Stretch } from '../measures/timeline.ts';
import { createWords, type UnknownWord } from '../measures/words.ts';

/** What trades are like. */
export interface Survey {
  /** Rows that were read of the instrument. */
  readonly rows: number;
  /** What the chain's intake counts. */
  readonly counts: IntakeCounts;
  /** What it found wrong, with places. */
  readonly problems: ProblemsReport;
  /** How many, from when to when, for how much. */
  readonly span: SpanReport;
  /** Price and turnover over time. */
  readonly timeline: { readonly seconds: number; readonly stretches: readonly Stretch[] };
  /** How fine times are. */
  readonly resolution: ResolutionReport;
  /** Trades of one time. */
  readonly ties: TiesReport;
  /**
   * In which order what follows from one trade to the next was reckoned (sides, jumps, silences): as the files `stand`, which is in
   * order of time but for a few; `sorted`, where they do not; `unknown`, and none of it is told, where there are too many to sort.
   */
  readonly order: 'stand' | 'sorted' | 'unknown';
  /** Steps back in time. */
  readonly disorder: DisorderReport;
  /** What ids are like. */
  readonly ids: DensityReport;
  /** Where trades are missing, and the longest silences. */
  readonly holes: HolesReport;
  /** Whose side sides are. */
  readonly sides: SidesReport;
  /** Words for sides that are not known. */
  readonly words: readonly UnknownWord[];
  /** The source's own turnover; null where it has none. */
  readonly quote: QuoteReport | null;
  /** Outliers and jumps of the price. */
  readonly jumps: JumpsReport;
  /** What trades are worth. */
  readonly sizes: SizesReport;
  /** Hours of the week. */
  readonly sessions: SessionsReport;
  /** Thresholds of dollar bars. */
  readonly thresholds: readonly Threshold[];
}

export function createSurvey(instrument: Instrument): { add(source: SourceBlock): void; report(): Survey } {
  const problems = createProblems();
  const taker = createTaker(instrument, problems.add);
  const measures = {
    span: createSpan(),
    timeline: createTimeline(),
    resolution: createResolution(),
    ties: createTies(),
    disorder: createDisorder(),
    ids: createDensity(),
    holes: createHoles(),
    sides: createSides(),
    words: createWords(),
    quote: createQuote(),
    jumps: createJumps(),
    sizes: createSizes(),
    sessions: createSessions(),
  };
  const all = Object.values(measures);
  let rows = 0;
  return {
    add(source) {
      rows += source.block.length;
      taker.take(source, (taken) => all.forEach((measure) => measure.add(taken)));
    },
    report() {
      const [span, counts] = [measures.span.report(), taker.counts()];
      return {
        rows,
        counts,
        problems: problems.report(),
        span,
        timeline: measures.timeline.report(),
        resolution: measures.resolution.report(),
        ties: measures.ties.report(),
        order: 'stand',
        disorder: measures.disorder.report(),
        ids: measures.ids.report(counts.duplicate),
        holes: measures.holes.report(),
        sides: measures.sides.report(),
        words: measures.words.report(),
        quote: measures.quote.report(),
        jumps: measures.jumps.report(),
        sizes: measures.sizes.report(),
        sessions: measures.sessions.report(),
        thresholds: suggestThresholds(span),
      };
    },
  };
}
