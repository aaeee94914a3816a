/**
 * The complete time-bar set of one clock over one million bars, nanoseconds a row, beside TA-Lib's C functions that compute
 * the TA-Lib part of it, called one after the other over whole arrays.
 *
 * TA-Lib runs in Python where there is one that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { execFileSync } from 'node:child_process';
import { BAR_FEATURES } from '../src/bars/bar.ts';
import { catalogue } from '../src/features/catalogue.ts';
import { createColumns } from '../src/features/columns.ts';
import { buildGraph } from '../src/features/graph.ts';
import { groups } from '../src/features/groups.ts';
import { createRandom } from '../src/verify/random.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'The complete time-bar set over one million bars (blocks of 256)';

const BARS = 1_000_000;
const BLOCK = 256;
const NAMES = [...new Set([...BAR_FEATURES, 'openTime', 'availableAt'])];

/** Parts of the set, each measured alone: what they share counts in every one of them. */
const PARTS = [
  'prices',
  'averages',
  'oscillators',
  'ranges',
  'cycles',
  'openCalendar',
  'timeHistory',
  'regimes',
  'structure',
  'patterns',
] as const;

const each = (name: string, inputs: string, periods: readonly number[]): string[] =>
  periods.map((n) => `${name}(${inputs}, ${n})`);

/** Each TA-Lib function of the set once, however many features take its outputs; Python, with o, h, l, c, v. */
const talibPart: readonly string[] = [
  ...each('SMA', 'c', [10, 20, 50, 100, 200]),
  ...each('EMA', 'c', [10, 12, 20, 26, 50, 100, 200]),
  ...each('SMA', 'v', [20, 50]),
  ...each('RSI', 'c', [7, 14, 21]),
  'MACD(c, 12, 26, 9)',
  ...['ADX', 'PLUS_DI', 'MINUS_DI', 'CCI', 'ATR', 'NATR'].flatMap((name) => each(name, 'h, l, c', [14, 20])),
  ...each('MFI', 'h, l, c, v', [14, 20]),
  ...each('ROC', 'c', [1, 5, 10, 20]),
  'STOCH(h, l, c, 14, 3, 0, 3, 0)',
  'ULTOSC(h, l, c, 7, 14, 28)',
  ...each('WILLR', 'h, l, c', [14, 28]),
  'OBV(c, v)',
  'BBANDS(c, 20, 2, 2)',
  'HT_TRENDLINE(c)',
  'HT_SINE(c)',
  ...groups['patterns'].map((text) => `${text.slice(0, text.indexOf('(')).toUpperCase()}(o, h, l, c)`),
];

function makeBars(): Float64Array[] {
  const random = createRandom(1);
  const columns = NAMES.map(() => Float64Array.from({ length: BARS }, () => random() * 100));
  const column = (name: string): Float64Array => columns[NAMES.indexOf(name)];
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map(column);
  let level = 60_000;
  for (let i = 0; i < BARS; i++) {
    open[i] = level;
    level *= 1 + (random() - 0.5) * 0.002;
    close[i] = level;
    high[i] = Math.max(open[i], level) * (1 + random() * 0.001);
    low[i] = Math.min(open[i], level) * (1 - random() * 0.001);
    column('openTime')[i] = i * 60_000_000;
    column('availableAt')[i] = (i + 1) * 60_000_000;
  }
  return columns;
}

function ours(features: readonly string[], sources: readonly Float64Array[]): number {
  const columns = createColumns(buildGraph(features, NAMES, catalogue));
  const started = performance.now();
  for (let i = 0; i < BARS; i += BLOCK) {
    const to = Math.min(BARS, i + BLOCK);
    for (let r = i; r < to; r++) {
      const at = columns.append();
      for (let c = 0; c < sources.length; c++) columns.data[c][at] = sources[c][r];
    }
    columns.compute();
  }
  return ((performance.now() - started) * 1e6) / BARS;
}

/** Nanoseconds a row of all TA-Lib calls one after the other, or why there are none. */
function talib(sources: readonly Float64Array[]): number | string {
  const script = `
import numpy as np, time, json, sys, talib
a = np.frombuffer(sys.stdin.buffer.read()).reshape(5, -1); o, h, l, c, v = (np.ascontiguousarray(x) for x in a)
calls = [compile('talib.' + call, call, 'eval') for call in json.loads(sys.argv[1])]
total = 0
for call in calls:
    t = time.perf_counter(); eval(call); total += time.perf_counter() - t
print(total * 1e9 / len(c))`;
  const python = process.env['MINOTAUR_PYTHON'] ?? 'python3';
  const input = Buffer.concat(
    ['open', 'high', 'low', 'close', 'volume'].map((name) => Buffer.from(sources[NAMES.indexOf(name)].buffer)),
  );
  try {
    const args = ['-c', script, JSON.stringify(talibPart)];
    return Number(execFileSync(python, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }));
  } catch {
    return `${python} has no talib (set MINOTAUR_PYTHON)`;
  }
}

export async function benches(): Promise<Figure[]> {
  const sources = makeBars();
  const set = [...groups['bars'], ...groups['time']];
  const whole = ours(set, sources);
  const figures = [
    summary('bars into columns, alone', 'ns/row', [ours([], sources)]),
    summary('complete set, bars into columns included', 'ns/row', [whole]),
  ];
  for (const group of PARTS)
    figures.push(
      summary(`  ${group} alone`, 'ns/row', [ours(groups[group], sources)], { note: 'bars into columns included' }),
    );
  const c = talib(sources);
  if (typeof c === 'string') console.log(`TA-Lib left out: ${c}`);
  else {
    figures.push(summary(`TA-Lib C, ${talibPart.length} calls`, 'ns/row', [c]));
    figures.push(summary('TA-Lib C / complete set', 'x', [c / whole], { asked: { least: 2 } }));
  }
  return figures;
}
