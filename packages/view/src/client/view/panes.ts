/** One chart: candles, and below them a pane for each line, with one axis of bars, one crosshair and one attribution. */
import {
  CandlestickSeries,
  createChartEx,
  createTextWatermark,
  LineStyle,
  type ChartOptionsImpl,
  type DeepPartial,
  type IChartApiBase,
  type IPriceLine,
  type ISeriesApi,
  type ITextWatermarkPluginApi,
} from 'lightweight-charts';
import { LOCALE } from '../../parts/time.ts';
import { lineColumn, type ChartWindow } from '../../parts/view-data.ts';
import { formatOf } from '../price-format.ts';
import { barAxis } from './axis.ts';
import type { Colours } from './colours.ts';
import { lineSeries } from './line-series.ts';
import { marks, type Marked } from './marks.ts';
import { shading } from './shading.ts';

/** A line with a pane of its own. */
export interface LineSpec {
  readonly of: number | 'prediction';
  readonly title: string;
  readonly colour: keyof Colours;
  /** Where a level is drawn; null: none is. */
  readonly level: number | null;
}

export interface Panes {
  readonly chart: IChartApiBase<number>;
  /** Puts a pane for each line below the candles. */
  arrange(title: string, lines: readonly LineSpec[]): void;
  /** Draws a window in all panes. */
  fill(window: ChartWindow): void;
  /** Puts the crosshair on a bucket. */
  point(bucket: number, price: number): void;
  recolour(): void;
}

interface Line {
  readonly spec: LineSpec;
  readonly series: ISeriesApi<'Custom', number>;
  readonly title: ITextWatermarkPluginApi<number>;
  readonly level: IPriceLine | undefined;
}

/** More than the buckets of a window. The places of the next begin behind: the axis weighs those that it knows no second time. */
const PLACES = 1 << 16;
/** Heights in pixels: of the candles, and of each line. */
const [CANDLES, LINE] = [340, 118];

export function createPanes(place: HTMLElement, now: () => Marked): Panes {
  const timeAt = (placed: number): number => now().window?.columns['time']?.[placed % PLACES] ?? NaN;
  const chart = createChartEx<number, ReturnType<typeof barAxis>>(place, barAxis(timeAt), optionsOf(now().colours));
  const candles = chart.addSeries(CandlestickSeries, { ...candleColours(now().colours), priceLineVisible: false });
  candles.attachPrimitive(marks(now));
  const [pane] = chart.panes();
  pane?.attachPrimitive(shading(now, true));
  const heading = pane && createTextWatermark(pane, titleOf('', now().colours.soft));
  let name = '';
  let lines: readonly Line[] = [];
  let start = 0;
  return {
    chart,
    arrange(title, specs) {
      name = title;
      for (const { series } of lines) chart.removeSeries(series);
      lines = specs.map((spec, i) => addLine(chart, spec, i + 1, now));
      heading?.applyOptions(titleOf(name, now().colours.soft));
      place.style.height = `${CANDLES + LINE * specs.length}px`;
      chart.panes().forEach((each, i) => each.setStretchFactor(i === 0 ? CANDLES : LINE));
    },
    fill(window) {
      candles.applyOptions({ priceFormat: formatOf(window.columns['low'], window.columns['high']) });
      start += PLACES;
      candles.setData(candlesOf(window, start));
      for (const line of lines) fillLine(line, window, start);
    },
    point: (bucket, price) => chart.setCrosshairPosition(price, start + bucket, candles),
    recolour() {
      const { colours } = now();
      chart.applyOptions(optionsOf(colours));
      candles.applyOptions(candleColours(colours));
      heading?.applyOptions(titleOf(name, colours.soft));
      for (const { spec, series, title, level } of lines) {
        series.applyOptions({ color: colours[spec.colour] });
        title.applyOptions(titleOf(spec.title, colours[spec.colour]));
        level?.applyOptions({ color: colours.soft });
      }
    },
  };
}

function optionsOf({ soft, line }: Colours): DeepPartial<ChartOptionsImpl<number>> {
  return {
    autoSize: true,
    layout: {
      background: { color: 'transparent' },
      textColor: soft,
      // The page names the library, once, below.
      attributionLogo: false,
      panes: { separatorColor: line, separatorHoverColor: line },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { mode: 0 },
    timeScale: { borderVisible: false, minBarSpacing: 0.01, rightOffset: 0 },
    rightPriceScale: { borderVisible: false, minimumWidth: 72 },
    localization: { locale: LOCALE },
    // The page moves the view itself: what is drawn is only a window of all bars.
    handleScroll: false,
    handleScale: { mouseWheel: false, pinch: false, axisPressedMouseMove: { time: false, price: true } },
  };
}

function candleColours({ green, red }: Colours) {
  return { upColor: green, downColor: red, borderVisible: false, wickUpColor: green, wickDownColor: red };
}

function titleOf(text: string, color: string) {
  return { horzAlign: 'left' as const, vertAlign: 'top' as const, lines: [{ text, color, fontSize: 12 }] };
}

function addLine(chart: IChartApiBase<number>, spec: LineSpec, at: number, now: () => Marked): Line {
  const { colours } = now();
  const color = colours[spec.colour];
  const series = chart.addCustomSeries(lineSeries(), { color, lastValueVisible: false, priceLineVisible: false }, at);
  const pane = series.getPane();
  pane.attachPrimitive(shading(now, false));
  const level =
    spec.level === null
      ? undefined
      : series.createPriceLine({
          price: spec.level,
          color: colours.soft,
          lineWidth: 1,
          lineStyle: LineStyle.Dashed,
          axisLabelVisible: true,
          title: '',
        });
  return { spec, series, title: createTextWatermark(pane, titleOf(spec.title, color)), level };
}

function candlesOf({ columns }: ChartWindow, start: number) {
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map(
    (name) => columns[name] ?? new Float64Array(0),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  return Array.from(open, (first, i) => {
    const [top, bottom, last] = [high[i], low[i], close[i]] as [number, number, number];
    return Number.isFinite(first + top + bottom + last)
      ? { time: start + i, open: first, high: top, low: bottom, close: last }
      : { time: start + i };
  });
}

function fillLine({ spec, series }: Line, { columns }: ChartWindow, start: number): void {
  const [last, min, max] = (['last', 'min', 'max'] as const).map((part) => columns[lineColumn(spec.of, part)]);
  // Of a window that was asked for before the line was there.
  if (last === undefined || min === undefined || max === undefined) return series.setData([]);
  series.applyOptions({ priceFormat: formatOf(min, max) });
  return series.setData(
    Array.from(last, (value, i) =>
      Number.isFinite(value)
        ? { time: start + i, last: value, min: min[i] as number, max: max[i] as number }
        : { time: start + i },
    ),
  );
}
