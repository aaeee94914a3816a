/**
 * Indicators over one million bars, nanoseconds a row: our operators by the block and one row at a time, TA-Lib's C functions
 * over whole arrays, and two npm packages one value at a time. Losses are printed like wins.
 *
 * TA-Lib 0.8.2 runs in Python where there is one that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { execFileSync } from 'node:child_process';
import * as technical from 'technicalindicators';
import * as signals from 'trading-signals';
import { catalogue } from '../packages/core/src/features/catalogue.ts';
import { createColumns } from '../packages/core/src/features/contract/columns.ts';
import { buildGraph } from '../packages/core/src/features/contract/graph.ts';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'Indicators over one million bars (blocks of 256, rows one by one, and others)';

const BARS = 1_000_000;
const RUNS = 5;
const NAMES = ['high', 'low', 'close', 'volume'] as const;

type Candle = { high: number; low: number; close: number; open: number; volume: number };

interface Contest {
  readonly expression: string;
  /** Python, with h, l, c, v. */
  readonly talib: string;
  readonly signals?: () => (candle: Candle) => void;
  readonly technical?: () => (candle: Candle) => void;
}

const added = (indicator: { add: (value: number) => unknown }) => (candle: Candle) => void indicator.add(candle.close);

const contests: readonly Contest[] = [
  {
    expression: 'sma(close, 20)',
    talib: 'SMA(c, 20)',
    signals: () => added(new signals.SMA(20)),
    technical: () => stepper(new technical.SMA({ period: 20, values: [] })),
  },
  {
    expression: 'ema(close, 10)',
    talib: 'EMA(c, 10)',
    signals: () => added(new signals.EMA(10)),
    technical: () => stepper(new technical.EMA({ period: 10, values: [] })),
  },
  {
    expression: 'rsi(close, 14)',
    talib: 'RSI(c, 14)',
    signals: () => added(new signals.RSI(14)),
    technical: () => stepper(new technical.RSI({ period: 14, values: [] })),
  },
  {
    expression: 'macd(close, 12, 26, 9)',
    talib: 'MACD(c, 12, 26, 9)',
    signals: () => added(new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9))),
    technical: () =>
      stepper(
        new technical.MACD({
          fastPeriod: 12,
          slowPeriod: 26,
          signalPeriod: 9,
          values: [],
          SimpleMAOscillator: false,
          SimpleMASignal: false,
        }),
      ),
  },
  {
    expression: 'bbands(close, 20, 2, 2)',
    talib: 'BBANDS(c, 20, 2, 2)',
    signals: () => added(new signals.BollingerBands(20, 2)),
    technical: () => stepper(new technical.BollingerBands({ period: 20, stdDev: 2, values: [] })),
  },
  { expression: 'atr(high, low, close, 14)', talib: 'ATR(h, l, c, 14)', signals: () => candles(new signals.ATR(14)) },
  { expression: 'adx(high, low, close, 14)', talib: 'ADX(h, l, c, 14)', signals: () => candles(new signals.ADX(14)) },
  { expression: 'cci(high, low, close, 14)', talib: 'CCI(h, l, c, 14)', signals: () => candles(new signals.CCI(14)) },
  {
    expression: 'stoch(high, low, close, 5, 3, 3)',
    talib: 'STOCH(h, l, c, 5, 3, 0, 3, 0)',
    signals: () => candles(new signals.StochasticOscillator({ kPeriod: 5, kSlowingPeriod: 3, dPeriod: 3 })),
  },
  { expression: 'mfi(high, low, close, volume, 14)', talib: 'MFI(h, l, c, v, 14)' },
  { expression: 'ultosc(high, low, close, 7, 14, 28)', talib: 'ULTOSC(h, l, c, 7, 14, 28)' },
  { expression: 'willr(high, low, close, 14)', talib: 'WILLR(h, l, c, 14)' },
];

function stepper(indicator: { nextValue: (value: number) => unknown }) {
  return (candle: Candle): void => void indicator.nextValue(candle.close);
}

function candles(indicator: { add: (candle: Candle) => unknown }) {
  return (candle: Candle): void => void indicator.add(candle);
}

type Table = Record<(typeof NAMES)[number], Float64Array>;

function makeBars(): Table {
  const random = mulberry32(1);
  const table = Object.fromEntries(NAMES.map((name) => [name, new Float64Array(BARS)])) as Table;
  let level = 60_000;
  for (let i = 0; i < BARS; i++) {
    level *= 1 + (random() - 0.5) * 0.002;
    table.close[i] = level;
    table.high[i] = level * (1 + random() * 0.001);
    table.low[i] = level * (1 - random() * 0.001);
    table.volume[i] = random() * 100;
  }
  return table;
}

/** Nanoseconds a row of our operators, `block` rows at a time. */
function ours(expressions: readonly string[], table: Table, block: number): number {
  const columns = createColumns(buildGraph(expressions, NAMES, catalogue));
  const sources = NAMES.map((name) => table[name]);
  const started = performance.now();
  for (let i = 0; i < BARS; i += block) {
    const to = Math.min(BARS, i + block);
    for (let r = i; r < to; r++) {
      const at = columns.append();
      for (let c = 0; c < sources.length; c++) columns.data[c][at] = sources[c][r];
    }
    columns.compute();
  }
  return ((performance.now() - started) * 1e6) / BARS;
}

function theirs(step: (candle: Candle) => void, table: Table): number {
  const rows = BARS / 5;
  const candle = { high: 0, low: 0, close: 0, open: 0, volume: 0 };
  const started = performance.now();
  for (let i = 0; i < rows; i++)
    step(
      Object.assign({}, candle, {
        high: table.high[i],
        low: table.low[i],
        close: table.close[i],
        open: table.close[i],
        volume: table.volume[i],
      }),
    );
  return ((performance.now() - started) * 1e6) / rows;
}

/** Nanoseconds a row of each TA-Lib call, or why there are none. */
function talib(): Map<string, number> | string {
  const script = `
import numpy as np, time, json, sys, talib
if talib.__version__ != '0.8.2': sys.exit(1)
rng = np.random.default_rng(1); n = ${BARS}
c = 60000 * np.exp(np.cumsum(rng.standard_normal(n) * 0.0006)); h = c * (1 + rng.random(n) * 0.001); l = c * (1 - rng.random(n) * 0.001); v = rng.random(n) * 100
out = {}
for call in json.loads(sys.argv[1]):
    ts = []
    for _ in range(${RUNS + 1}):
        t = time.perf_counter(); eval('talib.' + call); ts.append((time.perf_counter() - t) * 1e9 / n)
    out[call] = sorted(ts[1:])[${Math.floor(RUNS / 2)}]
print(json.dumps(out))`;
  const python = process.env['MINOTAUR_PYTHON'] ?? 'python3';
  try {
    const calls = JSON.stringify(contests.map((contest) => contest.talib));
    const text = execFileSync(python, ['-c', script, calls], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return new Map(Object.entries(JSON.parse(text) as Record<string, number>));
  } catch {
    return `${python} has no TA-Lib 0.8.2 (set MINOTAUR_PYTHON)`;
  }
}

const median = (measure: () => number): number[] => Array.from({ length: RUNS + 1 }, measure).slice(1);

export async function benches(): Promise<Figure[]> {
  const table = makeBars();
  const c = talib();
  if (typeof c === 'string') console.log(`TA-Lib left out: ${c}`);
  // What it costs to put the bars into columns, which every figure of ours contains.
  const input = median(() => ours([], table, 256));
  const figures: Figure[] = [summary('bars into columns, alone', 'ns/row', input)];
  for (const contest of contests) {
    const block = median(() => ours([contest.expression], table, 256));
    const reference = summary('', '', block).median;
    const ratio = (ns: number): string => `${(ns / reference).toFixed(2)} x ours`;
    figures.push(summary(contest.expression, 'ns/row', block, { note: 'blocks of 256, bars into columns included' }));
    figures.push(
      summary(
        '  one row at a time',
        'ns/row',
        median(() => ours([contest.expression], table, 1)),
      ),
    );
    if (typeof c !== 'string') {
      const ns = c.get(contest.talib) as number;
      figures.push(summary(`  TA-Lib C ${contest.talib}`, 'ns/row', [ns], { note: ratio(ns) }));
    }
    for (const [name, make] of [
      ['trading-signals', contest.signals],
      ['technicalindicators', contest.technical],
    ] as const) {
      if (make === undefined) continue;
      const values = median(() => theirs(make(), table));
      figures.push(summary(`  ${name}`, 'ns/row', values, { note: ratio(summary('', '', values).median) }));
    }
  }
  const together = median(() =>
    ours(
      contests.map((contest) => contest.expression),
      table,
      256,
    ),
  );
  const ns = summary('', '', together).median;
  const sum =
    typeof c === 'string' ? NaN : contests.reduce((total, contest) => total + (c.get(contest.talib) as number), 0);
  const note = Number.isNaN(sum)
    ? {}
    : { note: `TA-Lib C, one after the other: ${sum.toFixed(0)} ns, ${(sum / ns).toFixed(2)} x ours` };
  figures.push(summary('all of them together', 'ns/row', together, note));
  return figures;
}
