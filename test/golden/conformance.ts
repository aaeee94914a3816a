/**
 * Writes the table of docs/conformance.md: every function over long runs against TA-Lib, and windowed statistics, ours and
 * TA-Lib's, against 400-bit arithmetic on sampled rows. Run by hand, after `pip install -r requirements.txt`:
 *
 *     MINOTAUR_PYTHON=python node test/golden/conformance.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { correlation, distance, returns, slope, variance, weighted } from '../exact-statistics.ts';
import { crossed, fixed, line, mean, over, root, rounded, times, total } from '../fixed-point.ts';
import { runFeatures, type Table } from '../run-features.ts';

const LENGTHS = [10_000, 1_000_000];
const SAMPLES = 200;
const BLOCK = 4096;
const DOCUMENT = new URL('../../docs/conformance.md', import.meta.url);
const [BEGIN, END] = ['<!-- table -->', '<!-- end of table -->'];

interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly outputs: number;
}

interface Figures {
  readonly difference: number;
  readonly beyond: number;
  readonly elsewhere: number;
  readonly ours?: number;
  readonly theirs?: number;
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
};

type Exact = (x: bigint[], y: bigint[], z: bigint[]) => bigint;

/** Of the typical price as a double, which is what both are given. */
const channel: Exact = (high, low, close) => {
  const price = close.map((value, k) => fixed((rounded(high[k]) + rounded(low[k]) + rounded(value)) / 3));
  const spread = distance(price);
  return spread === 0n ? 0n : over(price[price.length - 1] - mean(price), times(fixed(0.015), spread));
};
const onClose =
  (f: (x: bigint[], n: number) => bigint): Exact =>
  (x) =>
    f(x, x.length);
const deviation = (x: bigint[]): bigint => root(variance(x, []));

/** By function: what each output is, exactly, and the rows read beyond the period. */
const EXACT: Readonly<Record<string, { readonly outputs: readonly Exact[]; readonly more?: number }>> = {
  sma: { outputs: [mean] },
  sum: { outputs: [total] },
  wma: { outputs: [(x) => weighted(x, (k) => k + 1)] },
  trima: { outputs: [onClose((x, n) => weighted(x, (k) => Math.min(k, n - 1 - k) + 1))] },
  var: { outputs: [variance] },
  stddev: { outputs: [deviation] },
  bbands: { outputs: [(x) => mean(x) + 2n * deviation(x), mean, (x) => mean(x) - 2n * deviation(x)] },
  avgdev: { outputs: [distance] },
  linearreg: { outputs: [onClose((x, n) => line(x).height + BigInt(n - 1) * line(x).slope)] },
  linearreg_intercept: { outputs: [(x) => line(x).height] },
  linearreg_slope: { outputs: [slope] },
  linearreg_angle: { outputs: [(x) => fixed((Math.atan(rounded(slope(x, []))) * 180) / Math.PI)] },
  tsf: { outputs: [onClose((x, n) => line(x).height + BigInt(n) * line(x).slope)] },
  cci: { outputs: [channel] },
  correl: { outputs: [correlation] },
  beta: {
    outputs: [(x, y) => over(crossed(returns(x), returns(y)), crossed(returns(x), returns(x)))],
    more: 1,
  },
};

/** One call of each function that has golden vectors: the usual parameters, or a case with 14 rows, or the last. */
function calls(): Call[] {
  return ['talib/', 'patterns/'].flatMap((folder) => {
    const place = new URL(folder, import.meta.url);
    return readdirSync(place)
      .filter(
        (file) =>
          file.endsWith('.json') &&
          !['data.json', 'matypes.json', 'gaps.json', 'scales.json', 'scales-data.json'].includes(file),
      )
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
  const names = ['open', 'high', 'low', 'close', 'volume'];
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]));
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

function compare(call: Call, ours: readonly Float64Array[], theirs: readonly Float64Array[], table: Table): Figures {
  let difference = 0;
  let beyond = 0;
  let elsewhere = 0;
  ours.forEach((column, k) => {
    for (let i = 0; i < column.length; i++) {
      const [a, b] = [column[i], theirs[k][i]];
      if (Number.isNaN(a) !== Number.isNaN(b)) elsewhere++;
      const off = a === b ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
      if (off > 1e-9) beyond++;
      if (off > difference) difference = off;
    }
  });
  return { difference, beyond, elsewhere, ...exactly(call, ours, theirs, table) };
}

/** Both against exact arithmetic, on rows evenly spread and the last. */
function exactly({ name, args }: Call, ours: readonly Float64Array[], theirs: readonly Float64Array[], table: Table) {
  const exact = EXACT[name];
  if (exact === undefined) return {};
  const inputs = args.filter((arg) => arg in table);
  const period = Number(args[inputs.length]);
  const n = period + (exact.more ?? 0);
  const rows = ours[0].length;
  const worst = { ours: 0, theirs: 0 };
  for (let s = 0; s < SAMPLES; s++) {
    const i = Math.round(n + ((rows - 1 - n) * s) / (SAMPLES - 1));
    const windows = inputs.map((input) => Array.from({ length: n }, (_, k) => fixed(table[input][i - n + 1 + k])));
    exact.outputs.forEach((reference, k) => {
      const value = rounded(reference(windows[0], windows[1], windows[2]));
      const off = (found: number): number => Math.abs(found - value) / Math.max(1, Math.abs(value));
      worst.ours = Math.max(worst.ours, off(ours[k][i]));
      worst.theirs = Math.max(worst.theirs, off(theirs[k][i]));
    });
  }
  return worst;
}

function measure(all: readonly Call[], rows: number): Figures[] {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const table = bars(rows);
    for (const [name, column] of Object.entries(table)) writeFileSync(join(folder, `${name}.f64`), column);
    const asked = { columns: Object.keys(table), calls: all.map(({ name, args }) => [name, args]) };
    writeFileSync(join(folder, 'calls.json'), JSON.stringify(asked));
    const script = new URL('conformance.py', import.meta.url).pathname;
    execFileSync(process.env.MINOTAUR_PYTHON ?? 'python', [script, folder], { stdio: 'inherit' });
    return all.map((call, c) => {
      const names = Array.from({ length: call.outputs }, (_, k) => `out${k}`);
      const found = runFeatures([`${call.name}(${call.args.join(', ')}) as ${names.join(', ')}`], table, [BLOCK]);
      const theirs = names.map((_, k) => {
        const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${c}-${k}.f64`));
        return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
      });
      return compare(
        call,
        names.map((name) => found[name]),
        theirs,
        table,
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const figure = (x: number | undefined): string => (x === undefined ? '' : x === 0 ? '0' : x.toExponential(1));

const all = calls();
const runs = LENGTHS.map((rows) => measure(all, rows));
const heads = LENGTHS.flatMap((rows) => {
  const length = rows.toLocaleString('en');
  return [`to TA-Lib, ${length}`, 'rows beyond 1e-9', 'ours to exact', 'TA-Lib to exact'];
});
const lines = [
  `| call | ${heads.join(' | ')} |`,
  `|---${'|---'.repeat(heads.length)}|`,
  ...all.map(({ name, args }, c) => {
    const cells = runs.flatMap((run) => {
      const { difference, beyond, elsewhere, ours, theirs } = run[c];
      const places = elsewhere > 0 ? ` (${elsewhere} NaN elsewhere)` : '';
      return [figure(difference) + places, beyond === 0 ? '' : String(beyond), figure(ours), figure(theirs)];
    });
    return `| \`${name}(${args.join(', ')})\` | ${cells.join(' | ')} |`;
  }),
];
const text = readFileSync(DOCUMENT, 'utf8');
const [before, after] = [text.slice(0, text.indexOf(BEGIN)), text.slice(text.indexOf(END))];
writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${lines.join('\n')}\n\n${after}`);
