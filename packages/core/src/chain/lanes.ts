/** Which clock is of which instrument, and what is agreed between instruments. */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { parseDelay, parseSpan } from '../base/time.ts';
import type { Instrument } from '../trades/instrument.ts';
import type { ChainConfig } from './section.ts';

/** Rows that may wait for another instrument. */
export const MOST_ROWS_WAITING = 1024;

const LATENCY = 250_000;
/** Trades that wait to be put in order hold their instrument back: the skew has to be so many times as long. */
const LEAST_SKEW = 4;

/** What is agreed between the instruments of a chain. */
export interface Lanes {
  /** Of each clock, in order: the index of its instrument. */
  readonly of: readonly number[];
  /** Of each instrument: microseconds from when a bar of it is available until a row of another may hold it. */
  readonly latency: readonly number[];
  /** Microseconds that the events of one may be ahead of another. */
  readonly skew: number;
}

/**
 * Plans the lanes of a chain.
 * @throws MinotaurError where a clock is of no instrument, or an instrument has none
 */
export function planLanes(config: ChainConfig, instruments: readonly Instrument[]): Lanes {
  const names = instruments.map(({ name }) => name);
  const of = Object.keys(config.clocks).map((clock) => instrumentOf(clock, config, names));
  const idle = names.find((_, i) => !of.includes(i));
  if (idle !== undefined && of.length > 0)
    fail('config', `instruments.${idle}`, 'an instrument that a clock is of', 'one without a clock');
  const latency = names.map((name) => {
    const given = config.instruments?.[name]?.latency;
    return given === undefined ? LATENCY : parseDelay(given);
  });
  const skew = parseSpan(config.skew);
  const within = config.trades.reorder === undefined ? 0 : parseSpan(config.trades.reorder.within);
  if (names.length > 1 && within * LEAST_SKEW > skew)
    fail('config', 'skew', `at least ${LEAST_SKEW} times trades.reorder.within`, config.skew);
  return { of, latency, skew };
}

function instrumentOf(clock: string, config: ChainConfig, names: readonly string[]): number {
  const settings = config.clocks[clock];
  if ('from' in settings) {
    // Another clock that is none is refused where sources are planned.
    return settings.from in config.clocks && settings.from !== clock ? instrumentOf(settings.from, config, names) : 0;
  }
  const { of } = settings;
  if (of === undefined && names.length === 1) return 0;
  const index = names.indexOf(of ?? '');
  if (index >= 0) return index;
  const found = of === undefined ? 'none' : `'${of}'${nearest(of, names)}`;
  return fail('config', `clocks.${clock}.of`, `an instrument (${names.join(', ')})`, found);
}
