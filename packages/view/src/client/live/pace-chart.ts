/** Latency and rate: a pane each, one axis of time. */
import { createChart, LineSeries, type IChartApi, type Time, type UTCTimestamp } from 'lightweight-charts';
import type { LiveStretch } from '../../parts/live-data.ts';
import { coloursNow, type Colours } from '../view/colours.ts';
import { createFeeder, type Feeder } from './feeder.ts';
import { optionsOf } from './price-chart.ts';

/** A line: which figure of a stretch, and its colour. */
interface PaceLine {
  readonly at: 1 | 2 | 3 | 4 | 5 | 6;
  readonly colour: keyof Colours;
}

/** Panes from above; each has its title on the page. */
export const PANES: readonly { readonly title: string; readonly unit: string; readonly lines: readonly PaceLine[] }[] =
  [
    {
      title: 'Exchange to here',
      unit: 'ms',
      lines: [
        { at: 3, colour: 'violet' },
        { at: 2, colour: 'blue' },
      ],
    },
    {
      title: 'Here to row',
      unit: 'ms',
      lines: [
        { at: 5, colour: 'violet' },
        { at: 4, colour: 'blue' },
      ],
    },
    { title: 'Trades a second', unit: '', lines: [{ at: 1, colour: 'green' }] },
    { title: 'Event loop, p99', unit: 'ms', lines: [{ at: 6, colour: 'violet' }] },
  ];

export interface PaceChart {
  show(stretches: readonly LiveStretch[], isOther: boolean): void;
  remove(): void;
}

export function createPaceChart(place: HTMLElement): PaceChart {
  const chart: IChartApi = createChart(place, optionsOf(coloursNow()));
  const lines = PANES.flatMap(({ lines: own }, pane) =>
    own.map(({ at, colour }) => {
      const options = { lineWidth: 1, priceLineVisible: false, lastValueVisible: false, color: '' } as const;
      const series = chart.addSeries(LineSeries, options, pane);
      const feed: Feeder<{ time: Time & number; value?: number }> = createFeeder(series as never);
      return { at, colour, series, feed };
    }),
  );
  const recolour = (): void => {
    const colours = coloursNow();
    const { rightPriceScale, timeScale, ...options } = optionsOf(colours);
    chart.applyOptions({
      ...(options as object),
      rightPriceScale: { ...rightPriceScale, scaleMargins: { top: 0.3, bottom: 0.05 } },
      // The figures of each pane stand where its uppermost line would be.
      grid: { vertLines: { visible: false }, horzLines: { visible: false } },
      timeScale: { ...timeScale, rightOffset: 0, timeVisible: true, secondsVisible: true },
    });
    for (const { colour, series } of lines) series.applyOptions({ color: colours[colour] });
  };
  recolour();
  for (const pane of chart.panes()) pane.setStretchFactor(1);
  addEventListener('theme', recolour);
  return {
    show(stretches, isOther) {
      for (const { at, feed } of lines)
        feed(
          stretches.map((stretch) => {
            const time = Math.round(stretch[0] / 1e6) as UTCTimestamp;
            const value = stretch[at];
            return value === null ? { time } : { time, value };
          }),
          isOther,
        );
      if (isOther) chart.timeScale().fitContent();
    },
    remove() {
      removeEventListener('theme', recolour);
      chart.remove();
    },
  };
}
