/** The page of what a run left, to look at. */
import { count, renderViewPage, type ViewProps, type ViewScene } from '#view';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { ClockWarmup, Manifest, WarmupReport } from '../store/manifest.ts';

export interface ViewFacts {
  /** As it was named. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** Files that are of other rows. */
  readonly leftOut: readonly string[];
  readonly scene: ViewScene;
}

/** One HTML file: of a run that is served, or with all that it shows in it. */
export function viewPage({ directory, manifest, leftOut, scene }: ViewFacts): string {
  const { counts, instruments, drive, warmup } = manifest;
  const symbol = drive ?? instruments[0].symbol;
  return renderViewPage({
    title: 'Minotaur: view',
    lead: `${directory}, ${symbol}, schema ${manifest.schemaId.slice(0, 12)}`,
    tiles: [
      [count(counts.trades), 'trades'],
      [count(counts.rows), 'rows'],
      [count(counts.readyRows), 'of them ready'],
      [count(counts.completeRows), 'ready and complete'],
      [count(manifest.columns.length), 'features a row'],
    ],
    leftOut: [...leftOut.map((words) => `Left out, ${words}.`), ...notEmbedded(scene)],
    scene,
    warmup: warmup.clocks.map(warmupCells),
    warmupNotes: warmupNotes(warmup, scene),
  });
}

function notEmbedded({ embedded, features, clock, clocks }: ViewScene): string[] {
  if (embedded === undefined) return [];
  const here = Object.keys(embedded.distributions).length;
  const words: string[] = [];
  if (here < features.length) words.push(`This file has ${here} of ${features.length} features.`);
  if (clocks.length > 1) words.push(`This file has the bars of ${clock} alone.`);
  const partial = embedded.windows.length > 1;
  if (partial) words.push('Its newest bars are there one by one, those before in buckets of several.');
  return words.length === 0 ? [] : [...words, 'The command npx minotaur view shows everything of the directory.'];
}

function warmupCells({ clock, bars, because, rootBars, trades, seconds }: ClockWarmup): ViewProps['warmup'][number] {
  const roots = rootBars === null ? '' : ` (${count(rootBars.bars)} of ${rootBars.clock})`;
  const when =
    trades === null
      ? 'not yet'
      : trades === 0
        ? 'before this run'
        : `after ${count(trades)} events${seconds === null ? '' : `, ${durationOf(seconds)}`}`;
  return [clock, `${count(bars)} bars${roots}`, because ?? '–', when];
}

function durationOf(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function warmupNotes({ rows, unbounded, ignored }: WarmupReport, { readyFrom }: ViewScene): string[] {
  return [
    readyFrom === null ? 'No row is ready.' : `The first row that is ready is of ${formatTime(readyFrom)}.`,
    ...(rows === undefined ? [] : [`Features of rows need ${count(rows.rows)} rows once every clock is warm.`]),
    ...(unbounded.length === 0
      ? []
      : [`Dependent on the start for ever, and not waited for: ${unbounded.join(', ')}.`]),
    ...(ignored.length === 0 ? [] : [`Not waited for, as the configuration says: ${ignored.join(', ')}.`]),
  ];
}
