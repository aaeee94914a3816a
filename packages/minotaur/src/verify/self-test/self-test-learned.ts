/** The learned side of the self-test: its faults planted into something sound, and sound things learned at random. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { fails, type Check, type CheckContext } from '../harness/check.ts';
import type { FaultOutcome } from '../faults/fault.ts';
import { isolation } from '../learned/isolation.ts';
import type { LearnedFault } from '../faults/learned-fault.ts';
import { learnedFaults } from '../faults/learned-faults.gen.ts';
import { learnFrom, type Learned } from '../faults/learned-fixture.ts';
import { market, marketContext } from './market.ts';
import { predictions } from '../learned/predictions.ts';

/** The checks of what was learned. */
export const LEARNED_TESTED: readonly Check[] = [isolation, predictions];

/** A chain with a column that is often missing, values that are limited, sequences that silences break. */
const SOUND: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 60_000 },
    '10s': { bars: 'time', every: '10s' },
  },
  features: {
    short: ['close', 'volume', 'taker_buy_sell_ratio', 'log_return(close)', 'sma(close, 5) - close as away'],
    '10s': ['volume', 'high - low as range'],
  },
  label: { method: 'horizon', after: 8 },
  sequence: { length: 4, breakOn: { gap: '40s' } },
  // Isotonic: the toy model may well be worse than chance, which Platt's sigmoid refuses.
  model: { kind: 'trees', calibration: 'isotonic' },
  transform: { clip: [0.05, 0.95], wasClipped: true, scale: 'standard' },
};
/** The same of two instruments, one of them younger and traded more; labels end between rows, too. */
const SOUND_OF_TWO: ConfigInput = { ...SOUND, label: { method: 'horizon', after: '20s' } };
const SEED = 11;
const TRADES_PER_ROW = 3;
/** Rows of the shortest stretch, and of a clean run. */
const FEWEST = 256;
const CLEAN_ROWS = 300;
/** Trades of a stretch. */
const STRETCH = 500;

interface Bench {
  readonly context: CheckContext;
  readonly sound: Learned;
}

/** Plants every fault; `rows` are those of the longest stretch. */
export async function tryLearnedFaults(
  rows: number,
  onFault: (outcome: FaultOutcome) => void | Promise<void>,
): Promise<void> {
  const benches: Bench[] = [];
  for (let length = Math.min(FEWEST, rows); ; length = Math.min(length * 4, rows)) {
    const trades = market(length * TRADES_PER_ROW, SEED);
    for (const [config, markets] of [
      [SOUND, [trades]],
      [SOUND_OF_TWO, [trades, youngerThan(trades, SEED)]],
    ] as const) {
      const sound = await learnedOf(config, markets);
      if (sound !== undefined) benches.push({ context: marketContext(config, trades, STRETCH, SEED), sound });
    }
    if (length >= Math.min(rows, 4 * FEWEST)) break;
  }
  for (const fault of Object.values<LearnedFault>(learnedFaults)) await onFault(await tryFault(fault, benches));
}

/** A market of its own: as many trades, in the last two thirds of the time. */
function youngerThan(trades: TradeBlock, seed: number): TradeBlock {
  const younger = market(trades.length, seed + 1);
  const last = trades.time[trades.length - 1];
  const from = trades.time[0] + Math.floor((last - trades.time[0]) / 3);
  const first = younger.time[0];
  const stretch = (last - from) / (younger.time[younger.length - 1] - first);
  younger.time.forEach((time, i) => (younger.time[i] = from + Math.floor((time - first) * stretch)));
  return younger;
}

async function tryFault({ name, plant }: LearnedFault, benches: readonly Bench[]): Promise<FaultOutcome> {
  let rows = 0;
  for (const { context, sound } of benches) {
    rows = sound.learned.time.length;
    const planted = await plant(sound);
    const by: string[] = [];
    for (const check of LEARNED_TESTED) {
      if (fails(await check.run({ ...context, ...planted }))) by.push(check.name);
    }
    if (by.length > 0) return { name, caughtBy: by[0], rows, by };
  }
  return { name, caughtBy: null, rows, by: [] };
}

/** Learns something sound at random; says the first alarm. */
export async function tryLearnedClean(seed: number): Promise<string | undefined> {
  const random = mulberry32(seed * 7919 + 5);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const breakOn = { day: random() < 0.5, ...(random() < 0.5 && { gap: pick(['5s', '40s', '2min']) }) };
  const config: ConfigInput = {
    ...SOUND,
    label: { method: 'horizon', after: 1 + Math.floor(random() * 12), side: pick(['long', 'short'] as const) },
    sequence: { length: 1 + Math.floor(random() * 5), breakOn },
    split: pick([
      { method: 'chronological' },
      { method: 'walkForward', folds: 2 },
      { method: 'purgedKFold', folds: 2 },
    ] as const),
    transform: {
      clip: pick([null, [0.01, 0.99], [0.1, 0.9]] as const) as [number, number] | null,
      wasClipped: random() < 0.5,
      impute: pick(['median', 'none'] as const),
      scale: pick([
        'standard',
        'minmax',
        'robust',
        'yeo-johnson',
        'quantile-normal',
        'quantile-uniform',
        'none',
      ] as const),
    },
  };
  const trades = market(CLEAN_ROWS * TRADES_PER_ROW, seed);
  const markets = random() < 0.5 ? [trades] : [trades, youngerThan(trades, seed)];
  const learned = await learnedOf(config, markets);
  if (learned === undefined) return undefined;
  const context = { ...marketContext(config, trades, STRETCH, SEED), ...learned };
  for (const check of LEARNED_TESTED) {
    const outcome = await check.run(context);
    if (fails(outcome)) return `learned run ${seed}: ${check.name}: ${JSON.stringify(outcome.first)}`;
  }
  return undefined;
}

/** Undefined where the trades are too few to learn from. */
async function learnedOf(config: ConfigInput, markets: readonly TradeBlock[]): Promise<Learned | undefined> {
  try {
    return await learnFrom(config, markets);
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return undefined;
    throw error;
  }
}
