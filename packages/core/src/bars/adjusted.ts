/** Given bars of an instrument with adjustments: scaled as the trades are that they were made of. */
import { factorAt } from '../trades/adjustments.ts';
import type { Instrument } from '../trades/instrument.ts';
import type { BarColumn } from './bar.ts';
import type { GivenBar } from './given.ts';

const PRICES: readonly BarColumn[] = ['open', 'high', 'low', 'close', 'vwap'];
const QUANTITIES: readonly BarColumn[] = ['volume', 'taker_buy_volume', 'taker_sell_volume', 'avg_trade_size', 'ofi'];

/** The bar as it would be of scaled trades; of one that an adjustment falls into nobody knows the parts, so it stays as it opened. */
export function adjustedBar(bar: GivenBar, { adjustments }: Instrument): GivenBar {
  const factor = factorAt(adjustments, bar.open_time);
  if (factor === 1) return bar;
  const scaled: { [K in BarColumn]?: number } = { ...bar };
  for (const name of PRICES) if (scaled[name] !== undefined) scaled[name] *= factor;
  for (const name of QUANTITIES) if (scaled[name] !== undefined) scaled[name] /= factor;
  return scaled as GivenBar;
}
