/** Candles and lines over time, as a page and its script share them. */

/** A bar as a candle. */
export interface Candle {
  /** Microseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Whether the row that it emitted is ready. */
  readonly ready: boolean;
}

/** A feature over time, drawn in a chart of its own. */
export interface Line {
  readonly title: string;
  /** Microseconds. */
  readonly time: readonly number[];
  /** NaN is a gap. */
  readonly value: readonly number[];
}

/** What is drawn, one chart below the other. */
export interface Charts {
  readonly title: string;
  readonly candles: readonly Candle[];
  readonly lines: readonly Line[];
}

/** In columns, as the page carries them. */
export interface ChartData {
  readonly candles: {
    readonly time: readonly number[];
    readonly open: readonly number[];
    readonly high: readonly number[];
    readonly low: readonly number[];
    readonly close: readonly number[];
    /** 1 or 0. */
    readonly ready: readonly number[];
  };
  readonly lines: readonly { readonly time: readonly number[]; readonly value: readonly (number | null)[] }[];
}

/** The library wants whole seconds that rise: of several in one second, each goes one second on. */
export function risingSeconds(times: readonly number[]): number[] {
  let last = -Infinity;
  return times.map((time) => (last = Math.max(last + 1, Math.floor(time / 1e6))));
}

/** Times become rising seconds; a value that is not there becomes null. */
export function chartData({ candles, lines }: Charts): ChartData {
  const column = (name: 'open' | 'high' | 'low' | 'close'): number[] => candles.map((candle) => candle[name]);
  return {
    candles: {
      time: risingSeconds(candles.map(({ time }) => time)),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      ready: candles.map(({ ready }) => Number(ready)),
    },
    lines: lines.map(({ time, value }) => ({
      time: risingSeconds(time),
      value: value.map((v) => (Number.isFinite(v) ? Number(v.toPrecision(6)) : null)),
    })),
  };
}
