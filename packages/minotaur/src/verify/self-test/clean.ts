/** Sound chains at random: clocks, operators of the whole catalogue with parameters in their ranges, policies. */
import { BAR_FEATURES } from 'minotaur-core/internal/bars/bar';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import type { Operator, ParameterSpec } from 'minotaur-core/internal/features/contract/operator';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { mulberry32 } from 'minotaur-core/internal/base/random';

type Random = () => number;

/** Rows that a random window has at most: the runs are short. */
const LONGEST = 12;
const FEATURES_PER_CLOCK = 6;
const FEATURES_OF_ROWS = 4;
/** Of a number, and words of bits that only patterns read. */
const NO_FEATURES: ReadonlySet<string> = new Set(['constant', 'step_shapes', 'trait_shapes']);
const OPERATORS = [...catalogue.values()].filter((op) => !NO_FEATURES.has(op.name));

/** The chain of a seed; always one that the configuration accepts. */
export function randomChain(seed: number): ConfigInput {
  const random = mulberry32(seed * 2_654_435_761 + 1);
  for (;;) {
    const config = draw(random);
    if (isAccepted(config)) return config;
  }
}

/** Random parameters can be refused by an operator's own rules; that is no alarm, so others are drawn. */
export function isAccepted(config: ConfigInput): boolean {
  try {
    createPlan(parseConfig(config));
    return true;
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'config') return false;
    throw error;
  }
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)];

/** A threshold clock. */
export function drawClock(random: Random) {
  const overshoot = pick(random, ['reset', 'carry'] as const);
  const anchor = pick(random, ['none', 'day'] as const);
  return pick(random, [
    { bars: 'dollar', threshold: 20_000 + random() * 200_000, overshoot, anchor },
    { bars: 'volume', threshold: 0.2 + random() * 3, overshoot, anchor },
    { bars: 'tick', threshold: 1 + Math.floor(random() * 12), anchor },
  ] as const);
}

function draw(random: Random): ConfigInput {
  const first = drawClock(random);
  const clocks: Record<string, ConfigInput['clocks'][string]> = { first };
  const overshoot = pick(random, ['reset', 'carry'] as const);
  if (random() < 0.6) {
    clocks['second'] = pick(random, [
      { from: 'first', count: 1 + Math.floor(random() * 5) },
      { from: 'first', dollarVolume: 100_000 + random() * 500_000, overshoot },
      { from: 'first', volume: 1 + random() * 5 },
    ]);
  }
  if (random() < 0.7) {
    const every = pick(random, ['1s', '5s', '10s', '30s', '1min', '15min']);
    clocks['interval'] = { bars: 'time', every, empty: pick(random, ['carry', 'skip'] as const) };
  }
  const names = Object.keys(clocks);
  return {
    clocks,
    drive: pick(random, names),
    features: {
      ...Object.fromEntries(names.map((name) => [name, drawFeatures(random)])),
      ...(random() < 0.5 && { rows: drawRowFeatures(random, names) }),
    },
    trades: {
      duplicates: pick(random, ['drop', 'keep', 'reject'] as const),
      disorder: pick(random, ['drop', 'keep', 'reject'] as const),
      gaps: pick(random, ['keep', 'reject'] as const),
      side: pick(random, ['none', 'tickRule'] as const),
      ...(random() < 0.3 && { reorder: { within: pick(random, ['500ms', '5s', '1min']) } }),
    },
  };
}

export function drawFeatures(random: Random): string[] {
  return Array.from({ length: 1 + Math.floor(random() * FEATURES_PER_CLOCK) }, (_, i) => {
    const op = pick(random, OPERATORS);
    const names = op.outputs.map((name, output) => `f${i}_${output}_${name}`);
    return `${call(random, op, random() < 0.3)} as ${names.join(', ')}`;
  });
}

/** Of the joined row, whose columns are not known by name: how old each clock is there always, and its time. */
function drawRowFeatures(random: Random, clocks: readonly string[]): string[] {
  const columns = ['time', ...clocks.map((name) => `age_${name}`)];
  return Array.from({ length: 1 + Math.floor(random() * FEATURES_OF_ROWS) }, (_, i) => {
    const op = pick(random, OPERATORS);
    const names = op.outputs.map((name, output) => `r${i}_${output}_${name}`);
    const inputs = op.inputs.map(() => pick(random, columns));
    return `${op.name}(${[...inputs, ...op.params.map((spec) => value(random, spec))].join(', ')}) as ${names.join(', ')}`;
  });
}

/** A call of `op` on bar columns, or on another call that has one output. */
function call(random: Random, op: Operator, nested: boolean): string {
  const inputs = op.inputs.map((name) => {
    if ((BAR_FEATURES as readonly string[]).includes(name) || name === 'available_at' || name === 'open_time')
      return name;
    const inner = pick(random, OPERATORS);
    return nested && inner.outputs.length === 1 ? call(random, inner, false) : pick(random, COLUMNS);
  });
  return `${op.name}(${[...inputs, ...op.params.map((spec) => value(random, spec))].join(', ')})`;
}

/** Columns that always have a value, and one that sometimes has none. */
const COLUMNS = ['open', 'high', 'low', 'close', 'volume', 'vwap', 'ofi', 'num_ticks', 'taker_buy_sell_ratio'] as const;

function value(random: Random, { min, max, integer, default: preset }: ParameterSpec): number {
  if (preset !== undefined && random() < 0.3) return preset;
  const low = Math.max(min, -LONGEST);
  const high = Math.max(low, Math.min(max, LONGEST));
  const drawn = low + random() * (high - low);
  return integer ? Math.round(drawn) : Math.round(drawn * 100) / 100;
}
