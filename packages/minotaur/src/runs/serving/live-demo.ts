/** `live --demo`: a venue on this machine plays a simulated market, goes wrong now and then, and a live session runs on it. */
import { join } from 'node:path';
import { callback, numeric, optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { RUN } from '../course/options.ts';
import { simulatedTrades } from '../../files/simulate.ts';
import { openLocalVenue } from '../../venues/wire/local-venue.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import type { RunOptions } from '../course/options.ts';
import type { LiveOptions } from './live-options.ts';
import { live, type LiveReport } from './live.ts';

/** What `live --demo` takes. */
export interface LiveDemoOptions extends RunOptions, Pick<LiveOptions, 'port' | 'onListening'> {
  /** Directory of the record; a new one below it each time. */
  readonly out: string;
  /** So many times faster than real time. Default 1. */
  readonly speed?: number | undefined;
  /** Of the market. */
  readonly seed: number;
  /** Milliseconds from one fault to the next. Default 20,000. */
  readonly faultEvery?: number | undefined;
}

const LIVE_DEMO = optionsOf<LiveDemoOptions>(
  { out: textual, seed: whole, port: whole },
  { ...RUN, speed: numeric, faultEvery: numeric, onListening: callback },
);

/** The venue that is played, and its symbol. */
const VENUE = 'binance-spot';
const SYMBOL = 'SIMUSDT';
/** More than anybody waits for. */
const ENDLESS = 100_000_000;

const CHAIN: ConfigInput = {
  instruments: { [SYMBOL]: { venue: VENUE } },
  clocks: {
    short: { bars: 'dollar', threshold: 20_000 },
    medium: { from: 'short', count: 5 },
    '10s': { bars: 'time', every: '10s' },
  },
  drive: 'short',
  features: {
    short: ['close', 'rsi(close, 14)', 'ema(close, 12)', 'trade_imbalance', 'lag(log_return(close), 1..3)'],
    medium: ['close', 'bbands(close, 20, 2, 2)'],
    '10s': ['volume', 'ofi'],
  },
};

/** Runs until the signal ends it. */
export async function liveDemo(options: LiveDemoOptions): Promise<LiveReport> {
  requireKind('liveDemo', LIVE_DEMO, options);
  const { out, speed = 1, seed, faultEvery = 20_000, port, onListening, signal } = options;
  const around = processSurroundings();
  const market = simulatedTrades({ trades: ENDLESS, seed, start: around.wall(), blockRows: 256 });
  const venue = await openLocalVenue({ venue: VENUE, markets: { [SYMBOL]: market }, around });
  const stop = venue.play(speed);
  // The cable is pulled, the venue says goodbye, the connection hangs: one after the other.
  const faults = [
    () => venue.clients.disconnect('at once'),
    () => venue.goodbye(500),
    () => venue.clients.silence('frozen'),
  ];
  let next = 0;
  const timer = setInterval(() => faults[next++ % faults.length](), faultEvery);
  try {
    return await live({
      config: CHAIN,
      journal: join(out, `journal-${around.wall()}`),
      addresses: { [VENUE]: { stream: [venue.streamUrl], rest: venue.restBase } },
      around: { ...around, wall: venue.time },
      bootstrap: [],
      port,
      onListening,
      signal,
    });
  } finally {
    clearInterval(timer);
    stop();
    await venue.close();
  }
}
