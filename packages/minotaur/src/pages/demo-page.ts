/** The page of `demo`. */
import { renderDemoPage, type BannerProps, type Charts, type Tile } from '#view';
import { fails } from '../verify/harness/check.ts';
import type { EvaluateReport } from '../runs/learning/evaluate.ts';
import type { Verdict } from '../verify/verify.ts';
import { verdictBanner } from './model-page.ts';
import { failuresOf } from './failures.ts';
import { ribbonsOf } from './ribbons.ts';

export interface DemoFacts {
  readonly verdict: Verdict;
  readonly buildDigest: string;
  readonly replayDigest: string;
  readonly learned: { readonly dataSet: string; readonly live: string };
  /** How good the model is. */
  readonly model: Pick<EvaluateReport, 'verdict'>;
  readonly figures: readonly Tile[];
  readonly timings: readonly (readonly [step: string, seconds: string, what: string])[];
  readonly charts: Charts;
}

/** One HTML file: whether history and live have the same digests, what was built, and what the checks say. */
export function demoPage(facts: DemoFacts): string {
  const { verdict, buildDigest, replayDigest, learned, model, figures, timings, charts } = facts;
  return renderDemoPage({
    banner: bannerOf(facts),
    tiles: figures,
    digests: [
      ['build, rows', buildDigest],
      ['replay, rows', replayDigest],
      ['data set, predictions', learned.dataSet],
      ['live, predictions', learned.live],
    ],
    model: { ...verdictBanner(model.verdict), page: 'learn/model.html' },
    charts,
    checks: verdict.checks,
    failures: failuresOf(verdict.checks, []),
    ribbons: ribbonsOf(verdict.checks),
    timings,
  });
}

function bannerOf({ verdict, buildDigest, replayDigest, learned }: DemoFacts): BannerProps {
  const sameRows = buildDigest === replayDigest;
  if (!sameRows || learned.dataSet !== learned.live) {
    const text = `The historical build and the live replay differ in ${sameRows ? 'predictions' : 'rows'}.`;
    return { kind: 'bad', word: 'Not the same', text };
  }
  const text =
    'The historical build and the live replay, one trade at a time, gave rows and predictions with equal SHA-256.';
  if (verdict.holds) return { kind: 'good', word: 'Same bits', text };
  const failed = verdict.checks.filter(fails).map(({ name }) => name);
  if (failed.length === 0) return { kind: 'neutral', word: 'Same bits', text: `${text} Some checks compared nothing.` };
  return { kind: 'bad', word: 'Something does not hold', text: `${text} But checks fail: ${failed.join(', ')}.` };
}
