/** Bars as they close, what the model says of them below, and behind them what was amiss. */
import {
  CandlestickSeries,
  createChartEx,
  LineStyle,
  type ChartOptionsImpl,
  type DeepPartial,
  type IChartApiBase,
  type ISeriesApi,
} from 'lightweight-charts';
import type { LiveBar, LivePrediction } from '../../parts/live-data.ts';
import { LOCALE } from '../../parts/time.ts';
import { formatBetween } from '../price-format.ts';
import { barAxis } from '../view/axis.ts';
import { coloursNow, type Colours } from '../view/colours.ts';
import { lineSeries, type LinePoint } from '../view/line-series.ts';
import { createFeeder } from './feeder.ts';
import { spansLayer } from './spans-layer.ts';
import type { LiveState } from './state.ts';

export interface PriceChart {
  show(state: LiveState): void;
  /** Whether it stays at the newest bar. */
  follow(is: boolean): void;
  /** So many times as many pixels a bar. */
  zoom(factor: number): void;
  remove(): void;
}

export interface PriceChartOptions {
  readonly place: HTMLElement;
  /** The bar under the crosshair; undefined where it is nowhere. */
  readonly onBar: (bar: LiveBar | undefined) => void;
  /** The reader has moved the chart. */
  readonly onMoved: () => void;
}

/** Bars in the chart before it begins again with those that are told. */
const MOST = 1500;
/** Bars of free room right of the newest. */
const MARGIN = 3;

export function createPriceChart({ place, onBar, onMoved }: PriceChartOptions): PriceChart {
  let colours = coloursNow();
  let state: LiveState | undefined;
  let follows = true;
  /** Those in the chart: as the page runs, more than are told at one time. */
  let drawn: LiveBar[] = [];
  const barAt = (number: number): LiveBar | undefined => drawn.find((bar) => bar[0] === number);
  const chart = createChartEx<number, ReturnType<typeof barAxis>>(
    place,
    barAxis((number) => barAt(number)?.[1] ?? NaN),
    optionsOf(colours),
  );
  const candles = chart.addSeries(CandlestickSeries, candleOptions(colours));
  const now = () => ({ bars: drawn, spans: state?.spans ?? [], colours });
  chart.panes()[0]?.attachPrimitive(spansLayer(now));
  const feedCandles = createFeeder(candles);
  const predictions = createPredictions(chart);
  chart.subscribeCrosshairMove(({ time }) => onBar(time === undefined ? undefined : barAt(time)));
  const moved = (): void => {
    if (!follows) return;
    follows = false;
    onMoved();
  };
  place.addEventListener('pointerdown', moved);
  const recolour = (): void => {
    colours = coloursNow();
    chart.applyOptions(optionsOf(colours));
    candles.applyOptions(candleOptions(colours));
    predictions.recolour(colours);
  };
  addEventListener('theme', recolour);
  return {
    show(next) {
      const isOther = state?.facts !== next.facts || drawn.length > MOST;
      const isSame = state?.bars === next.bars && state.spans === next.spans;
      state = next;
      if (isSame && !isOther) return;
      const last = isOther ? -1 : (drawn.at(-1)?.[0] ?? -1);
      const fresh = next.bars.filter(([number]) => number > last);
      drawn = isOther ? fresh : [...drawn, ...fresh];
      if (isOther) candles.applyOptions({ priceFormat: formatOfBars(drawn) });
      feedCandles(drawn.map(candleOf), isOther);
      predictions.show({ ...next, bars: drawn }, isOther, colours);
      if (follows) chart.timeScale().scrollToPosition(MARGIN, false);
    },
    follow(is) {
      follows = is;
      chart.timeScale().applyOptions({ shiftVisibleRangeOnNewBar: is });
      if (is) chart.timeScale().scrollToPosition(MARGIN, false);
    },
    zoom(factor) {
      const scale = chart.timeScale();
      const { barSpacing } = scale.options();
      scale.applyOptions({ barSpacing: Math.max(1, Math.min(40, barSpacing * factor)) });
    },
    remove() {
      removeEventListener('theme', recolour);
      place.removeEventListener('pointerdown', moved);
      chart.remove();
    },
  };
}

const candleOf = ([time, , open, high, low, close]: LiveBar) =>
  open === null || high === null || low === null || close === null ? { time } : { time, open, high, low, close };

/** Of the line of predictions, which breaks where there is none. */
type Point = LinePoint | { readonly time: number };

/** A pane of its own, once there is a model. */
function createPredictions(chart: IChartApiBase<number>) {
  let line: ISeriesApi<'Custom', number> | undefined;
  let feed: ((points: readonly Point[], isOther: boolean) => void) | undefined;
  return {
    show({ facts, bars, predictions }: LiveState, isOther: boolean, colours: Colours): void {
      if (facts.model === null) return;
      if (line === undefined) {
        line = chart.addCustomSeries(lineSeries(), { ...lineOptions(colours), priceLineVisible: false }, 1);
        const { threshold: price } = facts.model;
        const title = 'threshold';
        line.createPriceLine({ price, color: colours.soft, lineStyle: LineStyle.Dashed, lineWidth: 1, title });
        feed = createFeeder(line);
        chart.panes()[0]?.setStretchFactor(3);
        chart.panes()[1]?.setStretchFactor(1);
      }
      feed?.(pointsOf(bars, predictions), isOther);
    },
    recolour: (colours: Colours): void => line?.applyOptions(lineOptions(colours)),
  };
}

/** At each bar the newest prediction that was known by then and not by the bar before. */
function pointsOf(bars: readonly LiveBar[], predictions: readonly LivePrediction[]): Point[] {
  let at = 0;
  return bars.map(([time, known]) => {
    let value: number | null = null;
    for (let next = predictions[at]; next !== undefined && next.time <= known; next = predictions[++at])
      value = next.calibrated ?? next.probability;
    return value === null ? { time } : { time, last: value, min: value, max: value };
  });
}

const lineOptions = ({ blue }: Colours) => ({ color: blue });

function candleOptions({ green, red }: Colours) {
  return { upColor: green, downColor: red, borderVisible: false, wickUpColor: green, wickDownColor: red };
}

export function optionsOf({ soft, line }: Colours): DeepPartial<ChartOptionsImpl<number>> {
  return {
    autoSize: true,
    layout: {
      background: { color: 'transparent' },
      textColor: soft,
      // The page names the library, once, below.
      attributionLogo: false,
      panes: { separatorColor: line, enableResize: false },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { mode: 0 },
    timeScale: { borderVisible: false, rightOffset: MARGIN },
    rightPriceScale: { borderVisible: false, minimumWidth: 64 },
    localization: { locale: LOCALE },
    // The wheel and a finger that goes up or down are the page's.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  };
}

/** As many digits as tell these prices apart, cents at the least. */
function formatOfBars(bars: readonly LiveBar[]) {
  const prices = bars.flatMap(([, , , high, low]) => [high ?? NaN, low ?? NaN]).filter(Number.isFinite);
  return formatBetween(Math.min(...prices), Math.max(...prices), 2);
}
