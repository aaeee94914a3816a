/** What the shape of a candlestick pattern is: which bits of `candle_traits` or `candle_steps` the newest candles must have. */

/** Bits that a candle must have, and those that it must not. */
export type Bits = number | { readonly has: number; readonly not: number };

/** A result, and the candles that have it, the newest first; of more than three, the check looks at the others. */
export interface Shape {
  readonly result: number;
  readonly candles: readonly Bits[];
}

export function shape(result: number, ...candles: readonly Bits[]): Shape {
  return { result, candles };
}
