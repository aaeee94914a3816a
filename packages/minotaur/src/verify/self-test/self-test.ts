/**
 * The verifier put to the test: every fault of the catalogue is planted into a sound chain and has to be caught, and sound
 * chains of random configurations must not raise an alarm.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { operator } from 'minotaur-core/internal/features/contract/operator';
import { setId } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { availability } from '../checks/availability.ts';
import { blocks } from '../checks/blocks.ts';
import { calendars } from '../checks/calendars.ts';
import { conservation } from '../checks/conservation.ts';
import { holes } from '../checks/holes.ts';
import { interleaving } from '../checks/interleaving.ts';
import { lookahead } from '../checks/lookahead.ts';
import { order } from '../checks/order.ts';
import { parity } from '../checks/parity.ts';
import { purity } from '../checks/purity.ts';
import { readiness } from '../checks/readiness.ts';
import { snapshot } from '../checks/snapshot.ts';
import { spoil, SPOILS } from '../checks/spoil.ts';
import type { Fault, FaultOutcome } from '../faults/fault.ts';
import { faults } from '../faults/faults.gen.ts';
import { fails, type Check, type CheckContext } from '../harness/check.ts';
import { memory } from '../memory/memory.ts';
import { ownOperators } from '../testing/own-operators.ts';
import { randomChain } from './clean.ts';
import { market, marketContext, severalContext, severalMarket } from './market.ts';
import { tryJournalClean, tryJournalFaults } from './self-test-journal.ts';
import { SERIES, seriesContext } from './series.ts';
import { INSTRUMENTS, randomSeveral, SEVERAL } from './several.ts';
import { tryLearnedClean, tryLearnedFaults } from './self-test-learned.ts';

/** The checks that need no other process, those that say most precisely what is wrong first. */
export const TESTED: readonly Check[] = [
  purity,
  conservation,
  calendars,
  readiness,
  snapshot,
  lookahead,
  parity,
  blocks,
  memory,
  availability,
  holes,
  order,
  interleaving,
  ownOperators,
];

export interface SelfTest {
  readonly faults: readonly FaultOutcome[];
  readonly cleanRuns: number;
  readonly falseAlarms: number;
}

export interface SelfTestOptions {
  /** Rows of the longest stretch that a fault is looked for in. */
  readonly rows: number;
  readonly cleanRuns: number;
  /** Awaited, as the next is. */
  readonly onFault?: (outcome: FaultOutcome) => void | Promise<void>;
  readonly onCleanRun?: (alarm: string | undefined) => void | Promise<void>;
}

/** An operator of a user's without a fault. */
const soundOperator = operator({
  name: 'rise',
  family: 'own',
  version: 1,
  summary: 'Change since the row before',
  formula: 'x[i] - x[i - 1]',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - 1];
  },
});

/** Into which the faults are planted: dollar bars, bars of them, two time clocks, features of every memory, of rows too, a calendar. */
const SOUND: ConfigInput = {
  // In Sydney it is summer when the market of the self-test is open.
  calendars: { asx: { zone: 'Australia/Sydney', open: '10:00', close: '16:00' } },
  operators: [soundOperator],
  clocks: {
    short: { bars: 'dollar', threshold: 60_000 },
    medium: { from: 'short', count: 4 },
    '10s': { bars: 'time', every: '10s' },
    '1min': { bars: 'time', every: '1min' },
  },
  features: {
    short: [
      'close',
      'volume',
      'num_ticks',
      'vwap',
      'taker_buy_sell_ratio',
      'obv(close, volume)',
      'ema(close, 5)',
      'rsi(close, 4)',
      'rise(close)',
    ],
    medium: ['close', 'vwap', 'trade_imbalance', 'lag(close, 1)'],
    '10s': ['close', 'high', 'volume', 'sma(close, 3)'],
    '1min': ['close', 'volume', 'hour_of_day(available_at)', 'asx(available_at)'],
    rows: [
      'close_short / close_10s - 1 as stretch',
      'sma(close_short, 5) as mean',
      'ema(age_1min, 3) as age',
      'close_10s - lag(ema_5_short, 40) as since',
    ],
  },
};
const SEED = 11;
/** Files that the trades are cut into. */
const FILES = 3;
/** Trades per row of that chain, and rows of the shortest stretch. */
const TRADES_PER_ROW = 3;
/** The same of several instruments, trades of all of them. */
const SEVERAL_PER_ROW = 6;
const SERIES_PER_ROW = 8;
const FEWEST = 16;
/** Ids of 19 digits, as some venues have them: a double would make neighbours equal. */
const FIRST_ID = 2_290_000_000_050_703_789n;
/** Trades of a clean run. */
const CLEAN_TRADES = 400;
/** Of so many clean runs one learns something too. */
const LEARNED_EVERY = 4;
/** Of so many one is of several instruments. */
const SEVERAL_EVERY = 6;
/** Of so many one has a series. */
const SERIES_EVERY = 5;
/** And of so many one is recorded. */
const RECORDED_EVERY = 8;

function numberedFrom(block: TradeBlock, first: bigint): TradeBlock {
  for (let i = 0; i < block.length; i++) setId(block.id, i, first + BigInt(i));
  return block;
}

export async function selfTest(options: SelfTestOptions): Promise<SelfTest> {
  const outcomes: FaultOutcome[] = [];
  const benches = {
    one: createBench(options.rows, contextOfOne),
    several: createBench(options.rows, contextOfSeveral),
    series: createBench(options.rows, contextOfSeries),
  };
  for (const fault of Object.values<Fault>(faults)) {
    const outcome = await tryFault(fault, benches[benchOf(fault)]);
    outcomes.push(outcome);
    await options.onFault?.(outcome);
  }
  const take = async (outcome: FaultOutcome): Promise<void> => {
    outcomes.push(outcome);
    await options.onFault?.(outcome);
  };
  await tryLearnedFaults(options.rows, take);
  await tryJournalFaults(options.rows, take);
  let falseAlarms = 0;
  for (let run = 0; run < options.cleanRuns; run++) {
    const alarm =
      (await tryClean(run)) ??
      (run % SEVERAL_EVERY === 0 ? await trySeveralClean(run) : undefined) ??
      (run % SERIES_EVERY === 0 ? await trySeriesClean(run) : undefined) ??
      (run % LEARNED_EVERY === 0 ? await tryLearnedClean(run) : undefined) ??
      (run % RECORDED_EVERY === 0 ? await tryJournalClean(run) : undefined);
    if (alarm !== undefined) falseAlarms++;
    await options.onCleanRun?.(alarm);
  }
  return { faults: outcomes, cleanRuns: options.cleanRuns, falseAlarms };
}

/** Stretches of growing length without a fault, and the checks that hold on them. */
type Bench = readonly { readonly context: CheckContext; readonly sound: () => Promise<Sound> }[];

interface Sound {
  readonly rows: number;
  readonly checks: readonly Check[];
}

/** A market of one instrument that gives so many rows. */
function contextOfOne(rows: number): CheckContext {
  const trades = numberedFrom(market(rows * TRADES_PER_ROW, SEED), FIRST_ID);
  return marketContext(SOUND, trades, Math.ceil(trades.length / FILES), SEED);
}

/** The same of several. */
function contextOfSeveral(rows: number): CheckContext {
  const trades = rows * SEVERAL_PER_ROW;
  return severalContext(SEVERAL, severalMarket(INSTRUMENTS, trades, SEED), Math.ceil(trades / FILES), SEED);
}

/** The same of two, with a series. */
function contextOfSeries(rows: number): CheckContext {
  const trades = rows * SERIES_PER_ROW;
  return seriesContext(trades, Math.ceil(trades / FILES), SEED);
}

/** What a fault is planted into. */
const SOUND_CHAINS = { one: SOUND, several: SEVERAL, series: SERIES };
const benchOf = ({ several, series }: Fault): keyof typeof SOUND_CHAINS =>
  series === true ? 'series' : several === true ? 'several' : 'one';

function createBench(rows: number, contextOf: (rows: number) => CheckContext): Bench {
  const lengths: number[] = [];
  for (let length = FEWEST; length < rows; length *= 4) lengths.push(length);
  return [...lengths, rows].map((length) => {
    const context = contextOf(length);
    let known: Promise<Sound> | undefined;
    return { context, sound: () => (known ??= tryOut(context)) };
  });
}

/** Which checks hold on a chain without a fault: only those can be said to catch one. */
async function tryOut(context: CheckContext): Promise<Sound> {
  const usable: Check[] = [];
  let rows = 0;
  for (const check of TESTED) {
    const outcome = await check.run(context);
    if (outcome.holds) usable.push(check);
    if (check === parity) rows = Number(outcome.compared['rows']);
  }
  return { rows, checks: usable };
}

async function tryFault(fault: Fault, bench: Bench): Promise<FaultOutcome> {
  const { name, plant } = fault;
  const planted = plant(SOUND_CHAINS[benchOf(fault)]);
  let longest = 0;
  for (const { context, sound } of bench) {
    const { rows, checks } = await sound();
    const by: string[] = [];
    for (const check of checks) {
      const outcome = await check.run({ ...context, ...planted });
      if (fails(outcome)) by.push(check.name);
    }
    if (by.length > 0) return { name, caughtBy: by[0], rows, by };
    longest = rows;
  }
  return { name, caughtBy: null, rows: longest, by: [] };
}

/** Runs every check over a sound random chain; says the first alarm. */
async function tryClean(seed: number): Promise<string | undefined> {
  const config = randomChain(seed);
  const random = mulberry32(seed);
  const trades = market(CLEAN_TRADES, seed);
  const policy = parseConfig(config).trades;
  // What a venue does to trades is no fault of the chain, where it has been told what to do with it.
  const forgiving = [policy.duplicates, policy.disorder, policy.gaps].every((handling) => handling !== 'reject');
  const way = forgiving ? SPOILS[Math.floor(random() * SPOILS.length)] : 'asTheyCame';
  const { block } = spoil(trades, way, planOf(config).instruments[0], random);
  return alarmOf(marketContext(config, block, 1 + Math.floor(random() * CLEAN_TRADES), seed), `clean run ${seed}`);
}

/** Runs every check over a sound random chain of several instruments; says the first alarm. */
export function trySeveralClean(seed: number): Promise<string | undefined> {
  const { config, names } = randomSeveral(seed);
  const feeds = severalMarket(names, CLEAN_TRADES, seed);
  return alarmOf(severalContext(config, feeds, randomCut(seed), seed), `clean run ${seed} of several`);
}

/** The same of the chain with a series, over a random market. */
function trySeriesClean(seed: number): Promise<string | undefined> {
  return alarmOf(seriesContext(CLEAN_TRADES, randomCut(seed), seed), `clean run ${seed} with a series`);
}

const randomCut = (seed: number): number => 1 + Math.floor(mulberry32(seed + 3)() * CLEAN_TRADES);

async function alarmOf(context: CheckContext, run: string): Promise<string | undefined> {
  for (const check of TESTED) {
    const outcome = await check.run(context);
    if (fails(outcome)) return `${run}: ${check.name}: ${JSON.stringify(outcome.first)}`;
  }
  return undefined;
}
