/** Bars of a walk, and files of them as they are published. */
import { mulberry32 } from 'minotaur-core/internal/base/random';

export const START = Date.UTC(2025, 0, 6);

interface Made {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** So many bars of a walk. */
export function walk(count: number): Made[] {
  const random = mulberry32(7);
  let price = 100;
  return Array.from({ length: count }, () => {
    const open = price;
    const close = Math.round(open * (1 + 0.004 * (random() - 0.5)) * 100) / 100;
    price = close;
    const [high, low] = [Math.max(open, close) + 0.03, Math.min(open, close) - 0.02];
    return { open, high, low, close, volume: 1 + Math.floor(random() * 90) / 8 };
  });
}

/** As Binance publishes them, without a header. */
export const klines = (count: number, seconds = 60): string[] =>
  walk(count).map(({ open, high, low, close, volume }, i) => {
    const opens = START + 1000 * seconds * i;
    const turnover = (volume * (open + close)) / 2;
    return [
      opens,
      open,
      high,
      low,
      close,
      volume,
      opens + 1000 * seconds - 1,
      turnover,
      9,
      volume / 3,
      turnover / 3,
      0,
    ].join();
  });
