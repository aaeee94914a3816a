/** What a page of a run knows without asking. */
import type { ViewScene } from '#view';
import { SHOWN, tellingColumns } from './telling-columns.ts';
import type { ViewedRun } from './viewed-run.ts';

/** What of a run, or of one that was never written, a scene is made of. */
export type SceneParts = Pick<ViewedRun, 'clocks' | 'predictions' | 'labels' | 'folds' | 'ready' | 'problems'> & {
  readonly rows: Pick<ViewedRun['rows'], 'time'>;
  readonly manifest: Pick<ViewedRun['manifest'], 'columns'> & {
    readonly counts: Pick<ViewedRun['manifest']['counts'], 'bars' | 'readyRows' | 'completeRows'>;
  };
};

export function sceneOf({ manifest, clocks, rows, problems, ...run }: SceneParts): ViewScene {
  const { columns, counts } = manifest;
  const readyFrom = run.ready === undefined ? 0 : run.ready.values.indexOf(1);
  return {
    clocks: clocks.map((name) => ({ name, bars: counts.bars[name] })),
    clock: clocks[0],
    features: columns,
    shown: tellingColumns(columns)
      .slice(0, SHOWN)
      .map((name) => columns.indexOf(name)),
    ...(run.predictions && { predictions: { threshold: run.predictions.threshold } }),
    labels: run.labels !== undefined,
    folds: run.folds.length,
    holes: counts.completeRows < counts.readyRows,
    readyFrom: rows.time[readyFrom] ?? null,
    problems: problems.listed,
    problemCount: problems.total,
  };
}
