/**
 * Every function that TA-Lib has too, over the series that series.py made, and over bars made here, against TA-Lib: writes
 * figures.json into the folder of each series, and both sides of what differs beyond 1e-9, for judge.py. By hand, after
 * `pip install -r ../requirements.txt`:
 *
 *     python series.py DATA FOLDER
 *     MINOTAUR_PYTHON=python node --conditions=minotaur-source measure.ts FOLDER [SERIES...]
 *     python judge.py FOLDER
 *     python tables.py FOLDER
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mulberry32 } from '../../../packages/core/src/base/random.ts';
import { runFeatures, type Table } from '../../run-features.ts';

const BOUND = 1e-9;
const BLOCK = 4096;
const MADE = { name: 'made', rows: 1_000_000 };
const COLUMNS = ['open', 'high', 'low', 'close', 'volume'];
const NOT_FUNCTIONS = new Set('data matypes gaps scales scales-data silences silences-data newer-silences'.split(' '));

interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly outputs: number;
}

interface Figures {
  readonly call: string;
  readonly output: number;
  readonly beyond: number;
  readonly worst: number;
  readonly elsewhere: number;
}

/** Functions whose golden vectors end with unusual parameters. */
const USUAL: Readonly<Record<string, string>> = {
  adosc: 'high, low, close, volume, 3, 10',
  apo: 'close, 12, 26, 1',
  bbands: 'close, 20, 2, 2',
  correl: 'high, low, 30',
  beta: 'high, low, 5',
  macd: 'close, 12, 26, 9',
  macdext: 'close, 12, 1, 26, 1, 9, 1',
  macdfix: 'close, 9',
  mama: 'close, 0.5, 0.05',
  ppo: 'close, 12, 26, 1',
  sar: 'high, low, 0.02, 0.2',
  stddev: 'close, 20',
  stoch: 'high, low, close, 14, 3, 3',
  stochf: 'high, low, close, 14, 3, 0',
  stochrsi: 'close, 14, 5, 3, 0',
  t3: 'close, 5, 0.7',
  ultosc: 'high, low, close, 7, 14, 28',
  ac: 'high, low, 5, 34, 5',
  ao: 'high, low, 5, 34',
  cmf: 'high, low, close, volume, 20',
  coppock: 'close, 10, 11, 14',
  cvi: 'high, low, 10, 10',
  dpo: 'close, 20',
  efi: 'close, volume, 13',
  er: 'close, 10',
  eri: 'high, low, close, 13',
  fractal: 'high, low, 2, 2',
  hma: 'close, 20',
  kc: 'high, low, close, 20, 10, 2',
  kdj: 'high, low, close, 9, 3, 3',
  massi: 'high, low, 9, 25',
  percentile: 'close, 30, 50',
  percentrank: 'close, 100',
  pvo: 'volume, 12, 26',
  rvi: 'close, 14, 10',
  smi: 'high, low, close, 13, 2, 25, 9',
  supertrend: 'high, low, close, 10, 3',
  tsi: 'close, 25, 13',
  vhf: 'close, 28',
};

/** One call of each function that has golden vectors: the usual parameters, or a case with 14 rows, or the last. */
function calls(): Call[] {
  return ['talib/', 'patterns/'].flatMap((folder) => {
    const place = new URL(`../${folder}`, import.meta.url);
    return readdirSync(place)
      .filter((file) => file.endsWith('.json') && !NOT_FUNCTIONS.has(file.replace('.json', '')))
      .map((file) => {
        const { cases } = JSON.parse(readFileSync(new URL(file, place), 'utf8')) as {
          cases: { expression: string; outputs?: unknown[] }[];
        };
        const chosen = cases.find(({ expression }) => expression.includes(' 14)')) ?? cases[cases.length - 1];
        const [, name, list] = /^(\w+)\((.*)\)$/.exec(chosen.expression) as RegExpExecArray;
        // Exponentials of a price are infinite.
        const args = ['exp', 'cosh', 'sinh'].includes(name)
          ? ['low / high']
          : (USUAL[name] ?? list).split(', ').filter(Boolean);
        return { name, args, outputs: chosen.outputs?.length ?? 1 };
      });
  });
}

/** Bars around 60,000 on a tick of 0.1, now and then standing still. */
function bars(rows: number): Record<string, Float64Array> {
  const random = mulberry32(61);
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(rows)]));
  let price = 600_000;
  for (let i = 0; i < rows; i++) {
    const step = random() < 0.1 ? 0 : Math.round((random() - 0.5) * 900 + (600_000 - price) * 1e-3);
    columns.open[i] = price / 10;
    columns.high[i] = (Math.max(price, price + step) + Math.floor(random() * 200)) / 10;
    columns.low[i] = (Math.min(price, price + step) - Math.floor(random() * 200)) / 10;
    price += step;
    columns.close[i] = price / 10;
    columns.volume[i] = Math.round(random() * 1e6) / 1000;
  }
  return columns;
}

function column(path: string): Float64Array {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function compare(ours: Float64Array, theirs: Float64Array): Omit<Figures, 'call' | 'output'> {
  let [worst, beyond, elsewhere] = [0, 0, 0];
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i], theirs[i]];
    if (Number.isNaN(a) !== Number.isNaN(b)) elsewhere++;
    const off = a === b ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
    if (off > BOUND) beyond++;
    if (off > worst) worst = off;
  }
  return { beyond, worst, elsewhere };
}

/** Both columns stay where they do not agree. */
function measure(folder: string, all: readonly Call[]): Figures[] {
  const table: Table = Object.fromEntries(COLUMNS.map((name) => [name, column(join(folder, `${name}.f64`))]));
  const asked = { columns: COLUMNS, calls: all.map(({ name, args }) => [name, args]) };
  writeFileSync(join(folder, 'calls.json'), JSON.stringify(asked));
  const script = fileURLToPath(new URL('talib_columns.py', import.meta.url));
  execFileSync(process.env.MINOTAUR_PYTHON ?? 'python', [script, folder], { stdio: 'inherit' });
  return all.flatMap(({ name, args, outputs }, c) => {
    const names = Array.from({ length: outputs }, (_, k) => `out${k}`);
    const call = `${name}(${args.join(', ')})`;
    const found = runFeatures([`${call} as ${names.join(', ')}`], table, [BLOCK]);
    return names.map((out, output) => {
      const path = join(folder, `${c}-${output}.f64`);
      const figures = { call, output, ...compare(found[out], column(path)) };
      const oursPath = join(folder, `${c}-${output}-ours.f64`);
      if (figures.beyond + figures.elsewhere > 0) writeFileSync(oursPath, found[out]);
      else for (const agreed of [path, oursPath]) rmSync(agreed, { force: true });
      return figures;
    });
  });
}

const [root, ...asked] = process.argv.slice(2);
const made = join(root, MADE.name);
if (!existsSync(made)) {
  mkdirSync(made);
  for (const [name, values] of Object.entries(bars(MADE.rows))) writeFileSync(join(made, `${name}.f64`), values);
}
const all = calls();
for (const series of asked.length > 0 ? asked : readdirSync(root)) {
  const figures = measure(join(root, series), all);
  writeFileSync(join(root, series, 'figures.json'), JSON.stringify(figures, undefined, 1));
  const worse = figures.filter(({ beyond, elsewhere }) => beyond + elsewhere > 0);
  for (const one of worse) console.log(series, JSON.stringify(one));
}
