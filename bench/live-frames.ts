/** Trades as Binance says them on its stream, letter by letter: eight decimals, every field. */
import type { Trade } from '../packages/core/src/trades/trade.ts';

/** As the venue names it. */
export const SYMBOL = 'BTCUSDT';

export function frameOf({ id, time, price, quantity, buyerMaker }: Trade): string {
  const [p, q] = [price.toFixed(8), quantity.toFixed(8)];
  return `{"stream":"btcusdt@trade","data":{"e":"trade","E":${time + 400},"s":"${SYMBOL}","t":${id},"p":"${p}","q":"${q}","T":${time},"m":${buyerMaker},"M":true}}`;
}
