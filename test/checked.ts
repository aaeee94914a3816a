/** A chain of simulated trades for checks. */
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { planOf } from '../packages/core/src/config/engine.ts';
import type { ConfigSource } from '../packages/minotaur/src/files/config-file.ts';
import type { CheckContext } from '../packages/minotaur/src/verify/harness/check.ts';
import { tradeStretch, type Stretch } from '../packages/minotaur/src/verify/harness/stretch.ts';
import { blockOf, walk } from './trades.ts';

const trades = walk(12_000, 12);

/** So many of the trades. */
export async function* stretches(count = trades.length): AsyncGenerator<Stretch> {
  for (let i = 0; i < count; i += 3000) yield tradeStretch(blockOf(trades.slice(i, Math.min(count, i + 3000))));
}

export function context(
  config: ConfigInput,
  configSource: ConfigSource = { kind: 'value', value: config },
): CheckContext {
  return { plan: planOf(config), configSource, open: () => stretches(), seed: 3 };
}

export const MEANS = {
  events: true,
  madeBars: true,
  calendars: true,
  several: true,
  ownOperators: true,
  learned: true,
  serving: true,
  runtimes: 2,
};

export const clocks: ConfigInput['clocks'] = {
  short: { bars: 'dollar', threshold: 500_000, suffix: '_db_s' },
  medium: { from: 'short', count: 4, suffix: '_db_m' },
  '1min': { bars: 'time', every: '1min' },
};
