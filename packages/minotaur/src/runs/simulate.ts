/** `simulate`: realistic trades, the same for the same seed. */
import { amount, numeric, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { RUN } from './course/options.ts';
import { simulate as simulateTrades } from '../files/simulate.ts';
import { writeTrades } from '../files/trades/write-trades.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from './course/options.ts';

/** What `simulate` takes. */
export interface SimulateOptions extends RunOptions {
  /** How many. */
  readonly trades: number;
  /** The same seed gives the same bits; 1 where absent. */
  readonly seed?: number | undefined;
  /** A planted signal: what the flow of trades says of the return of the next ten seconds; 0 where absent, 0.5 at most. */
  readonly informationCoefficient?: number | undefined;
  /** .parquet or .csv.gz. */
  readonly out: string;
}

const SIMULATE = optionsOf<SimulateOptions>(
  { trades: amount, out: textual },
  { ...RUN, seed: whole, informationCoefficient: numeric },
);

/** What `simulate` did. */
export interface SimulateReport {
  /** How many were written. */
  readonly trades: number;
  /** Of the simulation. */
  readonly seed: number;
  /** Of the planted signal; 0: there is none. */
  readonly informationCoefficient: number;
  /** The file. */
  readonly out: string;
  /** That it took. */
  readonly seconds: number;
}

/**
 * Writes the trades of a market that never was.
 * @throws {MinotaurError} for a number that is none, a signal that is too strong, another ending, or a place that cannot be written
 */
export async function simulate(options: SimulateOptions): Promise<SimulateReport> {
  requireKind('simulate', SIMULATE, options);
  const started = beginRun(options);
  const { trades, seed = 1, informationCoefficient = 0, out } = options;
  const course = createCourse(options, { step: 'simulate', unit: 'trades', total: trades });
  async function* blocks(): AsyncGenerator<TradeBlock> {
    for (const block of simulateTrades({ trades, seed, informationCoefficient })) {
      yield block;
      await course.add(block.length);
    }
  }
  await writeTrades(out, blocks());
  return { trades, seed, informationCoefficient, out, seconds: secondsSince(started) };
}
