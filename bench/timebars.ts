/**
 * The complete time-bar set of one clock over one million bars, nanoseconds a row, beside TA-Lib's C functions that compute
 * the TA-Lib part of it, called one after the other over whole arrays, and beside the pipeline of pandas, numpy and
 * TA-Lib that one writes for the whole set (timebars.py); then what each node costs.
 *
 * All in processor time, compiler and collector included, so that other work on the machine counts little.
 *
 * Python runs where there is one that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BAR_FEATURES } from '../packages/core/src/bars/bar.ts';
import { catalogue } from '../packages/core/src/features/catalogue.ts';
import { createColumns } from '../packages/core/src/features/contract/columns.ts';
import { buildGraph } from '../packages/core/src/features/contract/graph.ts';
import { groups } from '../packages/core/src/features/groups.ts';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import { summary, type Figure } from './harness.ts';
import { nodeCosts, printCosts } from './nodes.ts';

export const title = 'The complete time-bar set over one million bars (blocks of 256)';

const BARS = 1_000_000;
const BLOCK = 256;
/** Rows that are timed together, a multiple of the block; and how often ours and TA-Lib's take turns. */
const PIECE = 20_480;
const TURNS = 3;
const NAMES = [...new Set([...BAR_FEATURES, 'open_time', 'available_at'])];

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

/** Rows of the pipeline; its loops run over fewer, for their cost a row does not depend on how many. */
const PIPELINE = { rows: 200_000, profileRows: 2_000, loopRows: 20_000 };

const PATTERNS = groups['patterns'].map((text) => text.slice(0, text.indexOf('(')));

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
  ...PATTERNS.map((name) => `${name.toUpperCase()}(o, h, l, c)`),
];

/** The features that {@link talibPart} computes: the set without what has no TA-Lib function (flags, deviations of returns). */
const talibFeatures = [
  ...['averages', 'oscillators', 'ranges', 'cycles'].flatMap((name) =>
    groups[name].filter((text) => !/ [<>/]=? |^rolling_/.test(text)),
  ),
  ...groups['patterns'],
];

function makeBars(): Float64Array[] {
  const random = mulberry32(1);
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
    column('open_time')[i] = i * 60_000_000;
    column('available_at')[i] = (i + 1) * 60_000_000;
  }
  return columns;
}

/** Nanoseconds of processor time a row of each piece, with what it costs to put the bar columns that the features read into place. */
function ours(features: readonly string[], sources: readonly Float64Array[]): number[] {
  const graph = buildGraph(features, NAMES, catalogue);
  const columns = createColumns(graph);
  const used = [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.features.map(({ column }) => column)];
  const read = [...new Set(used)].filter((c) => c < sources.length);
  const took: number[] = [];
  for (let start = 0; start + PIECE <= BARS; start += PIECE) {
    const started = process.cpuUsage();
    for (let i = start; i < start + PIECE; i += BLOCK) {
      for (let r = i; r < i + BLOCK; r++) {
        const at = columns.append();
        for (const c of read) columns.data[c][at] = sources[c][r];
      }
      columns.compute();
    }
    const { user, system } = process.cpuUsage(started);
    took.push(((user + system) * 1e3) / PIECE);
  }
  return took;
}

interface Pipeline {
  readonly columns: number;
  readonly profiles: number;
  readonly divergence: number;
}

/** What timebars.py measured over the same bars, or why it did not. */
function python<T>(ask: object, sources: readonly Float64Array[]): T | string {
  const input = Buffer.concat(
    ['open', 'high', 'low', 'close', 'volume', 'ofi', 'open_time'].map((name) =>
      Buffer.from(sources[NAMES.indexOf(name)].buffer),
    ),
  );
  const program = process.env['MINOTAUR_PYTHON'] ?? 'python3';
  const args = [fileURLToPath(new URL('timebars.py', import.meta.url)), JSON.stringify(ask)];
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout) as T;
  return `${program}: ${error?.message ?? stderr.trim().split('\n').at(-1)} (MINOTAUR_PYTHON names one with TA-Lib 0.8.2 and pandas)`;
}

const median = (values: readonly number[]): number => summary('', '', values).median;

/** Of many pieces the least and the median. */
function both(name: string, values: readonly number[]): Figure[] {
  return [summary(`${name}: median`, 'ns/row', values), summary('  least', 'ns/row', [Math.min(...values)])];
}

/** How often `below` fits into `above`, by the medians and by the leasts. */
function ratios(
  name: string,
  above: readonly number[],
  below: readonly number[],
  asked: NonNullable<Figure['asked']>,
): Figure[] {
  return [
    summary(`${name}: by the medians`, 'x', [median(above) / median(below)], { asked }),
    summary('  by the leasts', 'x', [Math.min(...above) / Math.min(...below)], { asked }),
  ];
}

export async function benches(): Promise<Figure[]> {
  const sources = makeBars();
  const set = [...groups['bars'], ...groups['time']];
  const whole: number[] = [];
  const part: number[] = [];
  const talib: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    whole.push(...ours(set, sources));
    part.push(...ours(talibFeatures, sources));
    const found = python<number[]>({ calls: talibPart, piece: PIECE }, sources);
    if (typeof found !== 'string') talib.push(...found);
    else if (turn === 0) console.log(`TA-Lib left out: ${found}`);
  }
  const figures = [
    ...both('bars into columns, alone', ours(groups['bars'], sources)),
    ...both('complete set, bars into columns included', whole),
    ...both(`the ${talibFeatures.length} features of TA-Lib functions, alone`, part),
  ];
  if (talib.length > 0) {
    figures.push(...both(`TA-Lib 0.8.2, C, ${talibPart.length} calls`, talib));
    figures.push(...ratios('TA-Lib / our features of its functions', talib, part, { least: 1.4 }));
    figures.push(...ratios('complete set / TA-Lib', whole, talib, { under: 1.6 }));
  }
  for (const group of PARTS) figures.push(summary(`  ${group} alone`, 'ns/row', ours(groups[group], sources)));
  const beside = python<Pipeline>({ patterns: PATTERNS, ...PIPELINE }, sources);
  if (typeof beside === 'string') console.log(`The pipeline left out: ${beside}`);
  else figures.push(...compare(beside, median(whole)));
  printCosts(nodeCosts(buildGraph(set, NAMES, catalogue), sources, BLOCK), 30);
  return figures;
}

function compare({ columns, profiles, divergence }: Pipeline, whole: number): Figure[] {
  const pipeline = columns + profiles + divergence;
  const part = (name: string, value: number, rows: number): Figure =>
    summary(`  ${name}`, 'ns/row', [value], { note: `over ${rows.toLocaleString('en')} rows` });
  return [
    summary('pandas, numpy and TA-Lib pipeline', 'ns/row', [pipeline]),
    part('columns of pandas and TA-Lib', columns, PIPELINE.rows),
    part('volume profiles, a loop over numpy', profiles, PIPELINE.profileRows),
    part('divergence, a loop over numpy', divergence, PIPELINE.loopRows),
    summary('pipeline / complete set', 'x', [pipeline / whole], { asked: { least: 20 } }),
    summary('pipeline without profiles and divergence / complete set', 'x', [columns / whole]),
  ];
}
