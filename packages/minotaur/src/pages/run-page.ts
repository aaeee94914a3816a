/** The page of `run`, which links all others. */
import { count } from 'minotaur-core/internal/base/figures';
import { renderRunPage, type BannerProps, type Charts, type Step, type Tile } from '#view';
import { holeWords, takenWords } from '../runs/chain/taken-words.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Verdict } from '../verify/verify.ts';
import type { EvaluateReport } from '../runs/learning/evaluate.ts';
import { verdictBanner } from './model-page.ts';
import type { TakenStep } from '../runs/whole/run.ts';

export interface RunFacts {
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly TakenStep[];
  readonly build: Pick<Manifest, 'counts' | 'columns' | 'leftOut' | 'unread' | 'notes'>;
  readonly verdict?: Pick<Verdict, 'checks'> | undefined;
  /** How good the model is, where there is one. */
  readonly evaluation?: Pick<EvaluateReport, 'verdict' | 'warnings'> | undefined;
  readonly charts: Charts;
  /** The directory of the run. */
  readonly out: string;
}

/** What each step leaves to look at, from the page on. */
const FILES: Readonly<Partial<Record<TakenStep['name'], readonly string[]>>> = {
  build: ['build/manifest.json', 'build/problems.jsonl'],
  verify: ['verdict.html'],
  evaluate: ['model.html'],
};

/** One HTML file: what came of every step, whether history and live agree, bars and features. */
export function runPage({ title, lead, steps, build, verdict, evaluation, charts, out }: RunFacts): string {
  return renderRunPage({
    title,
    lead,
    banner: bannerOf(steps),
    tiles: tilesOf(build),
    taken: [...takenWords(build), ...holeWords(build.counts)],
    steps: steps.map((step): Step => ({ ...step, files: FILES[step.name] ?? [] })),
    digests: steps.flatMap(({ name, digest }) => (digest === undefined ? [] : [[name, digest] as const])),
    charts,
    ...(evaluation && { model: { ...verdictBanner(evaluation), warnings: evaluation.warnings } }),
    open: `npx minotaur view ${out}`,
    checks: verdict?.checks ?? [],
  });
}

function bannerOf(steps: readonly TakenStep[]): BannerProps {
  const failed = steps.filter(({ holds }) => holds === false);
  if (failed.length > 0) {
    const text = failed.map(({ name, what }) => `${name}: ${what}`).join('. ');
    return { kind: 'bad', word: 'Something does not hold', text: `${text}.` };
  }
  const compared = new Set(steps.filter(({ holds }) => holds === true).map(({ name }) => name));
  if (!compared.has('replay'))
    return {
      kind: 'neutral',
      word: 'Not compared',
      text: 'The run ended before the live engine was compared with history.',
    };
  const predictions = compared.has('live') ? ' and predictions' : '';
  const checks = compared.has('verify') ? ' Every check that could be answered holds.' : '';
  const text = `The historical build and the live engine, one event at a time, gave the same bits of rows${predictions}.${checks}`;
  return { kind: 'good', word: 'Same bits', text };
}

function tilesOf({ counts, columns }: RunFacts['build']): Tile[] {
  return [
    [count(counts.trades), 'trades'],
    ...Object.entries(counts.bars).map(([clock, n]): Tile => [count(n), `bars of ${clock}`]),
    [count(counts.rows), 'rows'],
    [count(counts.readyRows), 'of them ready'],
    [count(columns.length), 'columns a row'],
  ];
}
