/** Labels beside the candles: a mark at each entry says what was reached, and a line goes to where and when it was. */
import type {
  IPrimitivePaneRenderer,
  ISeriesPrimitive,
  ITimeScaleApi,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import { LABEL_COUNTS, type ChartWindow } from '../../parts/view-data.ts';
import type { Colours } from './colours.ts';

export interface Marked {
  readonly window: ChartWindow | undefined;
  readonly colours: Colours;
  readonly shown: boolean;
  /** Bar under the crosshair. */
  readonly bar: number | undefined;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Colours of what can be reached, in the order of LABEL_COUNTS. */
export const MARK_COLOURS = ['good', 'bad', 'soft'] as const;
export const MARK_SHAPES: Readonly<Record<(typeof LABEL_COUNTS)[number], string>> = {
  target: '▲',
  stop: '▼',
  limit: '●',
};
/** Of so many in view, each has its line; of more only the one under the crosshair. */
const LINES = 40;
const SIZE = 4;

interface Mark {
  readonly at: number;
  readonly until: number;
  readonly entry: number;
  readonly price: number;
  readonly reached: number;
}

/** Marks of a window, of those entered at [from, to] alone. */
function marksOf(window: ChartWindow, from: number, to: number): Mark[] {
  const column = (name: string): Float64Array => window.columns[`mark_${name}`] ?? new Float64Array(0);
  const [at, until, entry, price, reached] = ['at', 'until', 'entry', 'price', 'reached'].map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const found: Mark[] = [];
  at.forEach((bar, i) => {
    const of = (values: Float64Array): number => values[i] as number;
    if (bar >= from && bar <= to)
      found.push({ at: bar, until: of(until), entry: of(entry), price: of(price), reached: of(reached) });
  });
  return found;
}

export function marks(now: () => Marked): ISeriesPrimitive<number> {
  let series: SeriesAttachedParameter<number> | undefined;
  const draw = (target: Target): void => {
    const { window, colours, shown, bar } = now();
    if (series === undefined || window === undefined || !shown) return;
    const { chart, series: candles } = series;
    const scale = chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    const found = marksOf(window, window.from + range.from - 1, window.from + range.to + 1);
    const xOf = (at: number): number => xOfBar(scale, at - window.from);
    const yOf = (price: number): number => candles.priceToCoordinate(price) ?? NaN;
    const low = (at: number): number => window.columns['low']?.[at - window.from] ?? NaN;
    target.useMediaCoordinateSpace(({ context }) => {
      for (const mark of found) {
        const picked = mark.at === bar;
        context.strokeStyle = context.fillStyle = colours[MARK_COLOURS[mark.reached] ?? 'soft'];
        drawShape(context, { x: xOf(mark.at), y: yOf(low(mark.at)) + 2 * SIZE, reached: mark.reached });
        if (!picked && found.length > LINES) continue;
        context.globalAlpha = picked ? 1 : 0.35;
        context.lineWidth = picked ? 2 : 1;
        drawWay(context, [xOf(mark.at), yOf(mark.entry)], [xOf(mark.until), yOf(mark.price)]);
        context.globalAlpha = 1;
      }
    });
  };
  return {
    attached: (parameter) => (series = parameter),
    detached: () => (series = undefined),
    paneViews: () => [{ zOrder: () => 'top', renderer: () => ({ draw }) }],
  };
}

/** Also of a bar beyond what is drawn. */
function xOfBar(scale: ITimeScaleApi<number>, place: number): number {
  const [a, b] = [0, 1].map((at) => Number(scale.logicalToCoordinate(at as never) ?? 0)) as [number, number];
  return a + place * (b - a);
}

type Point = readonly [x: number, y: number];

/** The price that decided, from entry to when it was reached, and where that was seen from. */
function drawWay(context: CanvasRenderingContext2D, [x, y]: Point, [endX, endY]: Point): void {
  context.beginPath();
  context.setLineDash([2, 3]);
  context.moveTo(x, y);
  context.lineTo(x, endY);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, endY);
  context.lineTo(endX, endY);
  context.stroke();
  context.fillRect(endX - 1.5, endY - 1.5, 3, 3);
}

function drawShape(
  context: CanvasRenderingContext2D,
  { x, y, reached }: { readonly x: number; readonly y: number; readonly reached: number },
): void {
  const up = reached === 0 ? -1 : 1;
  context.beginPath();
  if (reached === 2) context.arc(x, y, SIZE - 1, 0, 2 * Math.PI);
  else {
    context.moveTo(x, y + up * SIZE);
    context.lineTo(x - SIZE, y - up * SIZE);
    context.lineTo(x + SIZE, y - up * SIZE);
  }
  context.fill();
}
