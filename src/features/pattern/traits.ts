/** The bits of `candle_traits`. Sizes are measured against the averages of the rows before the candle. */

/** It closes at or above its open; or below. */
export const WHITE = 1;
export const BLACK = 2;
/** Its body is above, below, or not above the average body. */
export const LONG = 4;
export const SHORT = 8;
export const SMALL = 16;
/** Its body is at most a tenth of the average range. */
export const DOJI = 32;
/** Its upper shadow is below or above a tenth of the average range, below half the average shadows, above its body, above twice it. */
export const UPPER_NONE = 64;
export const UPPER_SOME = 128;
export const UPPER_SHORT = 256;
export const UPPER_LONG = 512;
export const UPPER_VERY_LONG = 1024;
/** The same of its lower shadow. */
export const LOWER_NONE = 2048;
export const LOWER_SOME = 4096;
export const LOWER_SHORT = 8192;
export const LOWER_LONG = 16_384;
export const LOWER_VERY_LONG = 32_768;
/** Its body lies above, or below, that of the candle before. */
export const GAP_UP = 65_536;
export const GAP_DOWN = 131_072;

/** Whether candle i has all of `bits`. */
export const is = (candles: Float64Array, i: number, bits: number): boolean => (candles[i] & bits) === bits;
/** 1 where candle i is white, -1 where it is black. */
export const side = (candles: Float64Array, i: number): 1 | -1 => ((candles[i] & WHITE) !== 0 ? 1 : -1);
/** Whether candles i and k have different colours. */
export const opposite = (candles: Float64Array, i: number, k: number): boolean =>
  ((candles[i] ^ candles[k]) & WHITE) !== 0;
/** Those of `bits` that candle i has not: several candles are tested at once by whether they lack anything together. */
export const lacks = (candles: Float64Array, i: number, bits: number): number => ~candles[i] & bits;
