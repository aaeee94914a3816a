/**
 * The bits of `candle_traits`, of which `candle_steps` has those that need no average. Sizes are measured against the
 * averages of the rows before the candle.
 */

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

/** Its open, close, high, low is above or below that of the candle before. */
export const OPEN_UP = 262_144;
export const OPEN_DOWN = 524_288;
export const CLOSE_UP = 1_048_576;
export const CLOSE_DOWN = 2_097_152;
export const HIGH_UP = 4_194_304;
export const HIGH_DOWN = 8_388_608;
export const LOW_UP = 16_777_216;
export const LOW_DOWN = 33_554_432;
/** Its open is above or below the close before; its close the open before. */
export const OPEN_OVER_CLOSE = 67_108_864;
export const OPEN_UNDER_CLOSE = 134_217_728;
export const CLOSE_OVER_OPEN = 268_435_456;
export const CLOSE_UNDER_OPEN = 536_870_912;

/** Whether candle i has all of `bits`. */
export const is = (candles: Float64Array, i: number, bits: number): boolean => (candles[i] & bits) === bits;
