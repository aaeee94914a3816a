/** Given bars beside trades, other bars or series: verify takes what build takes, and proves what that builds. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, verify, type VerifyOptions } from 'minotaur/runs';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { minotaur, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const START = 1_700_000_040_000;
const MINUTES = 24;

function file(name: string, header: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}

/** Trades of some hours, several of one millisecond now and then; `late`: some come two seconds late. */
function tradesFile(name: string, seed: number, late = false): string {
  const random = mulberry32(seed);
  const trades: { readonly time: number; readonly come: number; readonly line: string }[] = [];
  let time = START + 700;
  let price = 100;
  for (let id = 1; time < START + 60_000 * MINUTES; id++) {
    price = Math.round((price + random() - 0.5) * 100) / 100;
    const come = time + (late && random() < 0.1 ? 2000 : 0);
    const line = `${time},${price},${1 + Math.floor(random() * 9)},${random() < 0.5 ? 'buy' : 'sell'},${id}`;
    trades.push({ time, come, line });
    time += random() < 0.2 ? 0 : Math.floor(random() * 9000);
  }
  return file(
    name,
    'time,price,quantity,side,id',
    trades.toSorted((a, b) => a.come - b.come).map(({ line }) => line),
  );
}

/** Bars of so many seconds; one in twenty is known some seconds late, one in thirty is missing, one cannot be. */
function barsFile(name: string, seconds: number, seed: number): string {
  const random = mulberry32(seed);
  const lines: string[] = [];
  let [price, known] = [100, 0];
  for (let i = 0; i * seconds < 60 * MINUTES; i++) {
    const open = START + 1000 * seconds * i;
    const close = open + 1000 * seconds;
    known = Math.max(known, close + (random() < 0.05 ? 3000 : 0));
    if (random() < 1 / 30) continue;
    const next = Math.round((price + random() - 0.5) * 100) / 100;
    const [high, low] = [Math.max(price, next) + 0.3, Math.min(price, next) - 0.2];
    const volume = i === 7 ? -1 : Math.floor(random() * 50);
    lines.push(`${open},${close},${known},${price},${high},${low},${next},${volume},${Math.floor(random() * 20)}`);
    price = next;
  }
  return file(name, 'open_time,close_time,available_at,open,high,low,close,volume,num_ticks', lines);
}

const trades = tradesFile('trades.csv', 1);
const late = tradesFile('late.csv', 1, true);
const minutes = barsFile('minutes.csv', 60, 2);
const quarters = barsFile('quarters.csv', 15, 3);
const others = barsFile('others.csv', 60, 4);
const rates = file(
  'rate.csv',
  'time,rate',
  Array.from({ length: MINUTES }, (_, i) => `${START + 60_000 * i},${i % 7}`),
);

const features = ['close', 'sma(close, 3)', 'volume'];
const tick = { bars: 'tick', threshold: 9 } as const;
const given = { bars: 'given' } as const;
const byTime = { bars: 'time', every: '30s' } as const;

interface Case {
  readonly config: ConfigInput;
  readonly files: Pick<VerifyOptions, 'trades' | 'bars' | 'series'>;
  /** Checks that have nothing to compare. */
  readonly open?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'trades beside bars, and bars of both': {
    config: {
      clocks: { tick, minute: given, half: byTime, five: { from: 'minute', every: '5min' } },
      drive: 'tick',
      features: { tick: features, minute: features, half: features, five: features },
    },
    files: { trades: [trades], bars: [minutes] },
  },
  'bars beside trades that come late and are put in order': {
    config: {
      clocks: { minute: given, tick, half: byTime },
      drive: 'tick',
      trades: { reorder: { within: '3s' }, disorder: 'keep' },
      features: { minute: features, tick: features, half: features },
    },
    files: { trades: [late], bars: [minutes] },
  },
  'bars of two lengths': {
    config: {
      clocks: { quarter: given, minute: given, three: { from: 'quarter', count: 3 } },
      drive: 'quarter',
      features: { quarter: features, minute: features, three: ['close', 'num_ticks'] },
    },
    files: { bars: { quarter: [quarters], minute: [minutes] } },
  },
  'trades of one instrument beside bars of another': {
    config: {
      instruments: { perp: {}, spot: {} },
      clocks: { tick: { of: 'perp', ...tick }, minute: { of: 'spot', ...given }, half: { of: 'perp', ...byTime } },
      drive: 'tick',
      features: { tick: features, minute: features, half: ['close'], rows: ['close_tick - close_minute as spread'] },
    },
    files: { trades: { perp: [trades] }, bars: { minute: [minutes] } },
  },
  'bars of two instruments, trades of one of them, and a series': {
    config: {
      instruments: { perp: {}, spot: {} },
      clocks: {
        minute: { of: 'perp', ...given },
        tick: { of: 'perp', ...tick },
        other: { of: 'spot', ...given },
        rate: { series: ['rate'], delay: '1s' },
      },
      drive: 'minute',
      features: { minute: features, tick: features, other: features, rate: ['rate'] },
    },
    files: { trades: { perp: [trades] }, bars: { minute: [minutes], other: [others] }, series: { rate: [rates] } },
  },
  'bars beside a series, and an instrument that begins anew': {
    config: {
      instruments: { X: { adjustments: [{ time: '2023-11-14T22:30:00Z', factor: 1, reset: true }] } },
      clocks: { minute: given, tick, rate: { series: ['rate'], delay: '1s' } },
      drive: 'tick',
      features: { minute: features, tick: features, rate: ['rate'] },
    },
    files: { trades: [trades], bars: [minutes], series: { rate: [rates] } },
    // What has a date of its own is not moved in time.
    open: ['purity'],
  },
};

/** Those that look into the events, and one for which they travel. */
const CHECKS = 'parity,blocks,snapshot,workers,lookahead,availability,holes,order,conservation,readiness,purity,memory';

for (const [what, { config, files, open = [] }] of Object.entries(CASES))
  test(`every law holds over ${what}`, async () => {
    const isSeveral = 'instruments' in config && Object.keys(config.instruments ?? {}).length > 1;
    const names = [...CHECKS.split(','), ...(isSeveral ? ['interleaving'] : [])];
    const { checks, taken } = await verify({ config, ...files, checks: names, minUsed: 0.9 });
    for (const { name, holds, answered, first, compared } of checks)
      assert.ok(open.includes(name) ? !answered : holds, `${name}: ${JSON.stringify([first, compared])}`);
    const { counts } = await build({ config, ...files, minUsed: 0.9, out: join(folder, 'rows') });
    assert.ok(taken !== undefined);
    const {
      readyRows: _ready,
      completeRows: _complete,
      bars: _bars,
      rows: _rows,
      waitingRows: _waiting,
      ...read
    } = counts;
    assert.deepEqual(taken.counts, read, 'what build takes');
  });

test('a failure beside bars is made small, in files that the command fails on', async () => {
  const config = join(folder, 'leaks.mjs');
  writeFileSync(
    config,
    `export default {
  clocks: { tick: { bars: 'tick', threshold: 1 }, minute: { bars: 'given' }, quarter: { bars: 'given' } },
  drive: 'tick',
  operators: [{
    name: 'leak', family: 'volume', version: 1, summary: 'Leaks', formula: 'x[i + 1]', inputs: ['x'], outputs: ['value'], params: [],
    lookback: () => 0, memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = i + 1 < to ? x[i + 1] : x[i]; },
  }],
  features: { tick: ['leak(close)'], minute: ['close'], quarter: ['close'] },
};
`,
  );
  const bars = { minute: [minutes], quarter: [quarters] };
  const repro = join(folder, 'repro');
  const checks = ['parity', 'order'];
  const { holds, checks: results } = await verify({ config, trades: [trades], bars, checks, repro, minUsed: 0.9 });
  assert.ok(!holds);
  const { command = '', events = NaN } = results[0].repro ?? {};
  assert.ok(events < 30, `${events} events`);
  const again = minotaur(...command.split(' ').slice(2));
  assert.equal(again.status, 1, again.stdout + again.stderr);
});

test('on the command line both are named, and the page says so', () => {
  const config = join(folder, 'both.json');
  writeFileSync(config, JSON.stringify(CASES['trades beside bars, and bars of both'].config));
  const report = join(folder, 'both.html');
  const args = ['verify', '--config', config, '--checks', 'parity,availability', '--min-used', '0.9'];
  const both = minotaur(...args, '--trades', trades, '--bars', minutes, '--report', report);
  assert.equal(both.status, 0, both.stdout + both.stderr);
  assert.match(readFileSync(report, 'utf8'), /trades and bars/);
});

test('given bars that drive beside trades that are put in order are refused: a row would hold what is not known yet', async () => {
  const { config, files } = CASES['bars beside trades that come late and are put in order'];
  await assert.rejects(
    build({
      config: { ...config, drive: 'minute' },
      ...files,
      out: join(folder, 'none'),
    }),
    /drive: expected a clock of trades that drives, as its bars are known 3s late \(trades: reorder\), found 'minute', of given bars, beside 'tick'/,
  );
});

test('weeks of days of which the market is closed on two: a run that begins on a Monday has nothing of the week before', async () => {
  const random = mulberry32(3);
  const lines: string[] = [];
  for (let day = 0; lines.length < 200; day++) {
    if (day % 7 > 4) continue;
    const [open, close] = [100 + random(), 100 + random()];
    const time = new Date(Date.UTC(2023, 0, 2 + day)).toISOString().slice(0, 10);
    lines.push(`${time},${open},${Math.max(open, close)},${Math.min(open, close)},${close},${1 + day}`);
  }
  const config: ConfigInput = {
    clocks: { day: { bars: 'given' }, week: { from: 'day', every: '1week' } },
    drive: 'day',
    features: { day: ['close'], week: ['close', 'volume'] },
  };
  const bars = [file('weekdays.csv', 'date,open,high,low,close,volume', lines)];
  const { holds, checks } = await verify({ config, bars, accept: true, checks: ['memory'] });
  assert.equal(holds, true);
  assert.ok(Number(checks[0].compared['readyRows']) > 30);
});
