/** What an operator may do as an instruction of a program, beside its `run`; the loops are those of `assembly/program`. */
import type { Table } from '../../base/vectors/vectors.ts';

/** In the order of their numbers, from 1 on; 0 is a node that has none. */
export const INSTRUCTIONS = [
  'add',
  'sub',
  'mul',
  'div',
  'constant',
  'abs',
  'gt',
  'lt',
  'ge',
  'le',
  'eq',
  'and',
  'where',
  'sma',
  'rolling_std',
  'variance_around',
  'rolling_shape',
  'mean_distance',
  'flow_ratio',
  'pressure_ratios',
  'volume_profile',
  'lag',
  'roc',
  'min',
  'max',
  'ema',
  'balance',
  'macd',
  'atr',
  'adx_average',
  'directional',
  'obv',
  'money_flow',
  'buying_pressure',
  'trange',
  'typprice',
  'range_distance',
  'range_position',
  'atr_percent',
  'bands',
  'valid',
  'settle',
  'pattern',
  'candle_shadows',
  'candle_steps',
  'candle_traits',
  'wma',
  'cycle_mean',
  'regime',
  'hour_of_day',
  'day_of_week',
  'is_weekend',
  'day_of_month',
  'month_of_year',
  'week_of_year',
  'sin',
  'cycle_sin',
  'cycle_cos',
  'log',
  'log1p',
  'log_return',
  'shapes',
  'divergence',
  'hilbert',
  'cycle_phase',
] as const;

/** An instruction that does what `run` of an operator does, to the bits of outputs and state. */
export interface Instruction {
  /** Which. */
  readonly name: (typeof INSTRUCTIONS)[number];
  /** Places of the inputs that it reads; absent: all of them. */
  readonly reads?: readonly number[];
  /** The numbers that it is given; absent: the parameters. */
  readonly numbers?: (params: readonly number[]) => readonly number[];
  /** What it looks up, which stands once in each memory; its address follows those of the columns. */
  readonly table?: (params: readonly number[]) => Table;
}
