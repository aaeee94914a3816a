/** What is done to a column before a model sees it, as configured: the steps, in the order they are taken. */

export const SCALES = [
  'standard',
  'minmax',
  'robust',
  'yeo-johnson',
  'quantile-normal',
  'quantile-uniform',
  'none',
] as const;
/** The scales, by their names in a configuration. */
export type ScaleName = (typeof SCALES)[number];

/** Infinities become NaN first, always: a value that is not finite is a missing one. */
export interface ColumnSpec {
  /** ln(1 + x); NaN where x <= -1, which has no finite one. */
  readonly log1p: boolean;
  /** Limits the column to these quantiles of its training values (0 to 1, linear interpolation); null: does not. */
  readonly clip: readonly [low: number, high: number] | null;
  /** A further output column `<name>_was_clipped`: 1 where the value was beyond the limits. Means nothing without `clip`. */
  readonly wasClipped: boolean;
  /** What a missing value becomes: the median of the training values, after clipping; 0 where there was none. */
  readonly impute: 'median' | 'none';
  /** The last step. */
  readonly scale: ScaleName;
}
