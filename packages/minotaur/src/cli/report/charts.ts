/** Candles and lines, drawn by lightweight-charts, which is put into the page whole. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { embedJson } from './html.ts';

export interface Candle {
  /** Microseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface Line {
  readonly title: string;
  readonly time: readonly number[];
  readonly value: readonly number[];
}

export interface Charts {
  readonly title: string;
  readonly candles: readonly Candle[];
  readonly lines: readonly Line[];
}

/** The library wants whole seconds that rise: several bars of one second would be refused, so each goes one second on. */
function risingSeconds(times: readonly number[]): number[] {
  let last = -Infinity;
  return times.map((time) => (last = Math.max(last + 1, Math.floor(time / 1e6))));
}

export function chartScripts({ candles, lines }: Charts): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('lightweight-charts/package.json'));
  const library = readFileSync(join(folder, 'dist', 'lightweight-charts.standalone.production.js'), 'utf8');
  const seconds = risingSeconds(candles.map((candle) => candle.time));
  const data = {
    candles: candles.map(({ open, high, low, close }, i) => ({ time: seconds[i], open, high, low, close })),
    lines: lines.map((line) => {
      const rising = risingSeconds(line.time);
      // A time without a value is a gap, not a zero.
      return line.value.map((value, i) => (Number.isFinite(value) ? { time: rising[i], value } : { time: rising[i] }));
    }),
  };
  return [library, `const DATA = ${embedJson(data)};`, DRAW];
}

const DRAW = `
const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const options = () => ({ autoSize: true, layout: { background: { color: 'transparent' }, textColor: shade('--soft'), attributionLogo: true },
  grid: { vertLines: { visible: false }, horzLines: { color: shade('--line') } }, timeScale: { timeVisible: true, secondsVisible: false, borderVisible: false }, rightPriceScale: { borderVisible: false, minimumWidth: 90 } });
const charts = [];
const candles = LightweightCharts.createChart(document.getElementById('candles'), options());
candles.addSeries(LightweightCharts.CandlestickSeries, { upColor: '#2a9d6f', downColor: '#c8553d', borderVisible: false, wickUpColor: '#2a9d6f', wickDownColor: '#c8553d' }).setData(DATA.candles);
charts.push(candles);
DATA.lines.forEach((line, i) => {
  const chart = LightweightCharts.createChart(document.getElementById('line' + i), options());
  chart.addSeries(LightweightCharts.LineSeries, { color: ['#3366cc', '#b8860b', '#7a4fb5', '#2a9d6f'][i % 4], lineWidth: 1.5, priceLineVisible: false }).setData(line);
  charts.push(chart);
});
charts.forEach((chart) => chart.timeScale().fitContent());
addEventListener('theme', () => charts.forEach((chart) => chart.applyOptions(options())));
charts.forEach((chart) => chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
  if (range) charts.forEach((other) => { if (other !== chart) other.timeScale().setVisibleLogicalRange(range); });
}));
`;
