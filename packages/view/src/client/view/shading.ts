/** What lies behind a pane: grey where rows are not ready, stripes where trades are missing in them, a ribbon of the splits. */
import type { IPanePrimitive, IPrimitivePaneRenderer, PaneAttachedParameter } from 'lightweight-charts';
import { SPLIT_COLUMN, type ChartWindow } from '../../parts/view-data.ts';
import type { Colours } from './colours.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** What it takes to draw, as it is at the time. */
export interface Shaded {
  readonly window: ChartWindow | undefined;
  readonly colours: Colours;
}

/** Colours of the codes of splits; the first, none, has none. */
export const SPLIT_COLOURS = [undefined, 'blue', 'amber', 'violet', 'soft'] as const;
export const SPLIT_NAMES = ['none', 'train', 'validation', 'test', 'purged'] as const;
const RIBBON = 6;

/** Buckets [from, to) that are drawn alike. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

function runsOf(values: Float64Array, [from, to]: readonly [number, number]): Run[] {
  const runs: Run[] = [];
  for (let k = from; k < to;) {
    const value = values[k] as number;
    const start = k;
    while (k < to && values[k] === value) k++;
    runs.push({ from: start, to: k, value });
    if (Number.isNaN(value)) k++;
  }
  return runs;
}

/** @param ribbon whether the splits are drawn in this pane */
export function shading(now: () => Shaded, ribbon: boolean): IPanePrimitive<number> {
  let pane: PaneAttachedParameter<number> | undefined;
  const draw = (target: Target): void => {
    const { window, colours } = now();
    const range = pane?.chart.timeScale().getVisibleLogicalRange();
    if (window === undefined || range === null || range === undefined) return;
    const scale = pane?.chart.timeScale();
    const xOf = (bucket: number): number => {
      const [a, b] = [0, 1].map((at) => Number(scale?.logicalToCoordinate(at as never) ?? 0)) as [number, number];
      return a + (bucket - 0.5) * (b - a);
    };
    const { ready, complete, [SPLIT_COLUMN]: split } = window.columns as Record<string, Float64Array>;
    const buckets = ready?.length ?? 0;
    const seen = [Math.max(0, Math.floor(range.from)), Math.min(buckets, Math.ceil(range.to) + 1)] as const;
    target.useMediaCoordinateSpace(({ context, mediaSize: { height } }) => {
      const fill = ({ from, to }: Run, style: string | CanvasPattern, alpha: number, y = 0): void => {
        context.globalAlpha = alpha;
        context.fillStyle = style;
        context.fillRect(xOf(from), y, xOf(to) - xOf(from), y === 0 ? height : RIBBON);
      };
      if (ready !== undefined)
        for (const run of runsOf(ready, seen)) if (run.value < 1) fill(run, colours.soft, 0.18 * (1 - run.value));
      const stripes = stripesOf(context, colours.amber);
      if (complete !== undefined)
        for (const run of runsOf(complete, seen)) if (run.value < 1) fill(run, stripes, 0.1 + 0.25 * (1 - run.value));
      if (!ribbon || split === undefined) return;
      for (const run of runsOf(split, seen)) {
        const name = SPLIT_COLOURS[run.value];
        if (name !== undefined) fill(run, colours[name], 0.9, height - RIBBON);
      }
    });
  };
  return {
    attached: (parameter) => (pane = parameter),
    detached: () => (pane = undefined),
    paneViews: () => [{ zOrder: () => 'bottom', renderer: () => ({ draw }) }],
  };
}

function stripesOf(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = new OffscreenCanvas(8, 8);
  const pen = tile.getContext('2d');
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const x of [-8, 0, 8]) {
    pen.moveTo(x, 8);
    pen.lineTo(x + 8, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}
