/** Sound chains of several instruments: the one that faults are planted into, and others at random. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { drawClock, drawFeatures, isAccepted, pick } from './clean.ts';

/** The first drives. */
export const INSTRUMENTS = ['perp', 'spot', 'quiet'];

/** Bars of every kind of clock of three instruments, one of them close by, one far away and quiet. */
export const SEVERAL: ConfigInput = {
  instruments: { perp: {}, spot: { latency: '250ms' }, quiet: { latency: '1s' } },
  clocks: {
    perp: { of: 'perp', bars: 'dollar', threshold: 20_000 },
    perp10: { of: 'perp', bars: 'time', every: '10s' },
    spot: { of: 'spot', bars: 'tick', threshold: 3 },
    spot10: { of: 'spot', bars: 'time', every: '10s' },
    quiet: { of: 'quiet', bars: 'tick', threshold: 2 },
    quiet4: { from: 'quiet', count: 4 },
  },
  drive: 'perp',
  features: {
    perp: ['close', 'volume', 'ema(close, 5)', 'obv(close, volume)'],
    perp10: ['close', 'sma(close, 3)'],
    spot: ['close', 'vwap', 'ema(close, 4)', 'taker_buy_sell_ratio'],
    spot10: ['close', 'volume'],
    quiet: ['close', 'num_ticks'],
    quiet4: ['close', 'lag(close, 1)'],
  },
};

/** A chain of two or three instruments of a seed; always one that the configuration accepts. */
export function randomSeveral(seed: number): { readonly config: ConfigInput; readonly names: readonly string[] } {
  const random = mulberry32(seed * 40_503 + 9);
  for (;;) {
    const names = INSTRUMENTS.slice(0, 2 + Math.floor(random() * 2));
    const config = draw(random, names);
    if (isAccepted(config)) return { config, names };
  }
}

function draw(random: () => number, names: readonly string[]): ConfigInput {
  const clocks: Record<string, ConfigInput['clocks'][string]> = {};
  for (const name of names) {
    clocks[name] = { ...drawClock(random), of: name };
    if (random() < 0.5) clocks[`${name}_part`] = { from: name, count: 1 + Math.floor(random() * 5) };
    const empty = pick(random, ['carry', 'skip'] as const);
    if (random() < 0.5)
      clocks[`${name}_time`] = { of: name, bars: 'time', every: pick(random, ['1s', '10s', '1min']), empty };
  }
  const settings = names.map((name) => {
    return [name, { latency: pick(random, ['0', '1ms', '250ms', '5s']) }] as const;
  });
  return {
    instruments: Object.fromEntries(settings),
    skew: pick(random, ['10s', '60s', '10min']),
    clocks,
    drive: pick(random, Object.keys(clocks)),
    features: Object.fromEntries(Object.keys(clocks).map((name) => [name, drawFeatures(random)])),
    trades: { ...(random() < 0.3 && { reorder: { within: pick(random, ['500ms', '5s']) } }) },
  };
}
