/** A live session on a simulated market while one fault follows the other, by a seed; then what is on record. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mulberry32, type Uniform } from '../../packages/core/src/base/random.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { simulatedTrades } from '../../packages/minotaur/src/files/simulate.ts';
import { FAULTS } from './faults.ts';
import { compareRecord, type Found } from './record.ts';
import { openStage, type Stage } from './stage.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly faults: number;
  /** Told of each fault as it happens. */
  readonly onFault?: (kind: string, happened: boolean) => void;
}

export interface ChaosReport extends Found {
  /** How often each kind happened. */
  readonly fired: Readonly<Record<string, number>>;
  /** Where the journal is, where something is wrong with it. */
  readonly folder?: string;
  /** How the session ended. */
  readonly why: string;
  readonly seconds: number;
}

const SPEED = 8;
const START = 1_723_161_600_000_000;
const SYMBOL = 'SIMUSDT';
const EVERY = 20;

const CONFIG: ConfigInput = {
  instruments: { [SYMBOL]: { venue: 'binance-spot' } },
  clocks: {
    s: { bars: 'tick', threshold: EVERY },
    m: { from: 's', count: 5 },
    t: { bars: 'time', every: '1s' },
    d: { bars: 'dollar', threshold: 50_000 },
  },
  drive: 's',
  features: {
    s: ['close', 'rsi(close, 14)', 'trade_imbalance'],
    m: ['ema(close, 5)', 'volume'],
    t: ['close', 'volume'],
    d: ['close'],
  },
};

/** Kinds, each once before any comes again. */
function* dealt(uniform: Uniform): Generator<string> {
  for (;;) {
    const deck = Object.keys(FAULTS);
    while (deck.length > 0) yield deck.splice(Math.floor(deck.length * uniform()), 1)[0];
  }
}

async function disturb(stage: Stage, { seed, faults, onFault }: ChaosOptions): Promise<Record<string, number>> {
  const uniform = mulberry32(seed);
  const fired = Object.fromEntries(Object.keys(FAULTS).map((kind) => [kind, 0]));
  const kinds = dealt(uniform);
  for (let left = faults; left > 0; left--) {
    const kind = kinds.next().value as string;
    const happened = await FAULTS[kind](stage, uniform);
    if (happened) fired[kind]++;
    onFault?.(kind, happened);
    await pause(300 * uniform());
  }
  return fired;
}

/** Runs it to its end; that nothing is missed, comes twice or is changed is for the caller to ask. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-chaos-'));
  let isWell = false;
  const journal = join(folder, 'journal');
  const trades = simulatedTrades({ trades: 10_000_000, seed: options.seed, start: START, blockRows: 256 });
  const stage = await openStage({
    venue: 'binance-spot',
    symbol: SYMBOL,
    trades,
    start: START,
    config: CONFIG,
    journal,
    speed: SPEED,
  });
  try {
    await stage.begin();
    await stage.live();
    const halt = stage.venue.play(1);
    await stage.begun();
    const fired = await disturb(stage, options);
    halt();
    const happened = stage.happened();
    await stage.rows(Math.floor(happened.length / EVERY));
    const { why } = await stage.stop();
    const found = await compareRecord(journal, CONFIG, happened, folder);
    isWell = found.missed + found.twice + found.changed === 0;
    return { ...found, ...(isWell ? {} : { folder }), fired, why, seconds: (performance.now() - began) / 1000 };
  } finally {
    await stage.close();
    if (isWell) rmSync(folder, { recursive: true, force: true });
  }
}
