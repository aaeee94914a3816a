/** A feature in buckets: a line through what it was at their ends, and a band of what it was between. It breaks where there is no value. */
import type {
  CustomBarItemData,
  CustomData,
  ICustomSeriesPaneRenderer,
  ICustomSeriesPaneView,
  PriceToCoordinateConverter,
} from 'lightweight-charts';
import { customSeriesDefaultOptions } from 'lightweight-charts';

export interface LinePoint extends CustomData<number> {
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

type Item = CustomBarItemData<number, LinePoint>;
type Target = Parameters<ICustomSeriesPaneRenderer['draw']>[0];
type Place = readonly [x: number, last: number, min: number, max: number];

const BAND_ALPHA = 0.22;

export function lineSeries(): ICustomSeriesPaneView<number, LinePoint> {
  let items: readonly Item[] = [];
  let colour = '';
  return {
    update({ bars, visibleRange }, options) {
      items = visibleRange === null ? [] : bars.slice(visibleRange.from, visibleRange.to);
      colour = options.color;
    },
    renderer: () => ({ draw: (target, toY) => drawRuns(target, runsOf(items, toY), colour) }),
    priceValueBuilder: ({ min, max, last }) => [min, max, last],
    isWhitespace: (point): point is LinePoint => !Number.isFinite((point as Partial<LinePoint>).last),
    defaultOptions: () => customSeriesDefaultOptions,
  };
}

/** Stretches of neighbouring buckets that have a value. */
function runsOf(items: readonly Item[], toY: PriceToCoordinateConverter): Place[][] {
  const runs: Place[][] = [];
  let before = NaN;
  for (const { x, time, originalData } of items) {
    const { last, min, max } = originalData;
    const [y, bottom, top] = [last, min, max].map((value) => toY(value) ?? NaN) as [number, number, number];
    if (time !== before + 1) runs.push([]);
    runs.at(-1)?.push([x, y, bottom, top]);
    before = time;
  }
  return runs;
}

function drawRuns(target: Target, runs: readonly Place[][], colour: string): void {
  target.useMediaCoordinateSpace(({ context }) => {
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    for (const run of runs) {
      context.globalAlpha = BAND_ALPHA;
      context.beginPath();
      for (const [x, , bottom] of run) context.lineTo(x, bottom);
      for (const [x, , , top] of run.toReversed()) context.lineTo(x, top);
      context.fill();
      context.globalAlpha = 1;
      context.beginPath();
      for (const [x, y] of run) context.lineTo(x, y);
      context.stroke();
      // One value alone is no line.
      const [first] = run;
      if (run.length === 1 && first !== undefined) context.fillRect(first[0] - 1, first[1] - 1, 2, 2);
    }
  });
}
