/** Candles and lines, one chart below the other, which move together. */
import {
  CandlestickSeries,
  createChart,
  LineSeries,
  type ChartOptions,
  type DeepPartial,
  type IChartApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ChartData } from '../parts/chart-data.ts';
import { LOCALE } from '../parts/time.ts';
import { readData } from './data.ts';
import { formatOf } from './price-format.ts';

const LINES = ['--blue', '--amber', '--violet', '--green'];

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** With the colours that its place has now. */
function optionsIn(place: HTMLElement): DeepPartial<ChartOptions> {
  const { color, borderTopColor } = getComputedStyle(place);
  return {
    autoSize: true,
    layout: { background: { color: 'transparent' }, textColor: color, attributionLogo: place.id === 'candles' },
    grid: { vertLines: { visible: false }, horzLines: { color: borderTopColor } },
    timeScale: { timeVisible: true, secondsVisible: false, borderVisible: false },
    rightPriceScale: { borderVisible: false, minimumWidth: 90 },
    localization: { locale: LOCALE },
  };
}

const at = (seconds: number | undefined): { time: UTCTimestamp } => ({ time: seconds as UTCTimestamp });

function drawCandles(chart: IChartApi, { time, open, high, low, close, ready }: ChartData['candles']): void {
  const [up, down, cold] = [colour('--green'), colour('--red'), colour('--soft')];
  chart
    .addSeries(CandlestickSeries, {
      upColor: up,
      downColor: down,
      borderVisible: false,
      priceFormat: formatOf(low, high),
      wickUpColor: up,
      wickDownColor: down,
    })
    .setData(
      time.map((seconds, i) => ({
        ...at(seconds),
        open: open[i] as number,
        high: high[i] as number,
        low: low[i] as number,
        close: close[i] as number,
        ...(ready[i] === 0 ? { color: cold, wickColor: cold } : {}),
      })),
    );
}

function drawLine(chart: IChartApi, { time, value }: ChartData['lines'][number], name: string): void {
  const points = value.map((v, i) => (v === null ? at(time[i]) : { ...at(time[i]), value: v }));
  const priceFormat = formatOf(value, value);
  chart
    .addSeries(LineSeries, { color: colour(name), lineWidth: 2, priceLineVisible: false, priceFormat })
    .setData(points);
}

/** Moving one moves all. */
function moveTogether(charts: readonly IChartApi[]): void {
  for (const chart of charts) {
    chart.timeScale().fitContent();
    chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range === null) return;
      for (const other of charts) if (other !== chart) other.timeScale().setVisibleLogicalRange(range);
    });
  }
}

function drawAll({ candles, lines }: ChartData): void {
  const charts = ['candles', ...lines.map((_, i) => `line${i}`)].flatMap((id) => {
    const place = document.getElementById(id);
    return place === null ? [] : [{ place, chart: createChart(place, optionsIn(place)) }];
  });
  charts.forEach(({ chart }, i) => {
    const line = lines[i - 1];
    if (line === undefined) drawCandles(chart, candles);
    else drawLine(chart, line, LINES[(i - 1) % LINES.length] as string);
  });
  moveTogether(charts.map(({ chart }) => chart));
  addEventListener('theme', () => charts.forEach(({ place, chart }) => chart.applyOptions(optionsIn(place))));
}

const data = readData('charts');
if (data !== undefined) drawAll(data);
