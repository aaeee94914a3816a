/** Real trades of every venue and layout: build and replay, runs that stop and go on, files that are cut, dirt. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../src/verify/random.ts';
import { COLUMN } from '../src/bars/bar.ts';
import { kinds } from '../src/bars/kinds.gen.ts';
import { createEngine, type BarRows } from '../src/pipeline/engine.ts';
import type { Trade } from '../src/trades/trade.ts';
import { naiveExpected } from './naive-bars.ts';
import { assertSameRows, blockOf } from './trades.ts';
import { dataFile, minotaur, needsData, readRows, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();

/** Columns that are exact whoever computes them. */
const NAMES = ['openTime', 'closeTime', 'num_ticks', 'open', 'high', 'low', 'close', 'volume', 'ofi'] as const;

/** The preset's clocks and features, with bars small enough that five minutes of trades fill the lookbacks. */
function configFor(name: string, threshold: number): string {
  const file = join(folder, `${name}.yaml`);
  const dollar = '[{ preset: bars }, { preset: dollar }]';
  const times = '[{ preset: bars }, { preset: prices }]';
  writeFileSync(
    file,
    `symbol: ${name}
clocks:
  short: { bars: dollar, threshold: ${threshold}, suffix: _db_s }
  medium: { from: short, count: 10, suffix: _db_m }
  long: { from: medium, count: 16, suffix: _db_l }
  1min: { bars: time, every: 1min, suffix: _tb_1min }
  15min: { bars: time, every: 15min, suffix: _tb_15min }
  4hour: { bars: time, every: 4hour, suffix: _tb_4hour }
features: { short: ${dollar}, medium: ${dollar}, long: ${dollar}, 1min: ${times}, 15min: ${times}, 4hour: ${times} }
`,
  );
  return file;
}

const spot = 'binance/BTCUSDT-spot-trades-2024-08-08.csv.gz';
const files: readonly (readonly [file: string, threshold: number, limit?: number])[] = [
  [spot, 20_000],
  ['binance/BTCUSDT-spot-trades-2024-08-09.csv.gz', 20_000],
  ['binance/BTCUSDT-usdm-trades-2024-08-08.csv.gz', 100_000],
  ['binance/ETHUSDT-spot-trades-2024-08-08.csv.gz', 10_000],
  ['binance/ETHUSDT-spot-trades-2024-08-09.csv.gz', 10_000],
  ['binance/ETHUSDT-usdm-trades-2024-08-08.csv.gz', 50_000],
  ['binance/spot_btcusdt_20240808.frames.gz', 20_000],
  ['trx/test_positive_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz', 5_000],
  ['trx/test_positive_binance_trade_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz', 10_000],
  ['trx/test_negative_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz', 5_000],
  ['trx/test_negative_binance_trade_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz', 10_000],
  ['coinbase/btc_trades.csv.gz', 10_000],
  // All five days by command; a test takes the first one and a half, an overnight gap included.
  ['spy/SPY_20131007-11_trades.csv.zst', 2_000_000, 500_000],
];

for (const [i, [file, threshold, limit]] of files.entries()) {
  test(`build and replay of ${file} give the same rows`, needsData, () => {
    const config = configFor(`c${i}`, threshold);
    const options = ['--trades', dataFile(file), '--config', config, ...(limit ? ['--limit', String(limit)] : [])];
    const built = run('build', ...options, '--out', join(folder, 'build'));
    const replayed = run('replay', ...options, '--out', join(folder, 'replay'));
    assert.ok(built.counts.rows > 20, `only ${built.counts.rows} rows`);
    assert.equal(replayed.digest, built.digest);
    assert.deepEqual(replayed.counts, built.counts);
    assert.equal(replayed.schemaId, built.schemaId);
  });
}

test('a replay stopped at any trade and continued gives the rows of one run', needsData, async () => {
  const config = configFor('stop', 20_000);
  const options = ['--trades', dataFile(spot), '--config', config];
  run('build', ...options, '--out', join(folder, 'whole'));
  const whole = await readRows(join(folder, 'whole'));
  const random = createRandom(7);
  for (let k = 0; k < 3; k++) {
    const stop = 1 + Math.floor(random() * 9755);
    run('replay', ...options, '--out', join(folder, 'first'), '--limit', String(stop));
    run('replay', ...options, '--out', join(folder, 'rest'), '--from', join(folder, 'first', 'state.bin'));
    const rows = [...(await readRows(join(folder, 'first'))), ...(await readRows(join(folder, 'rest')))];
    assertSameRows(rows, whole, `stopped after ${stop} trades:`);
  }
});

test('two files cut at any trade are one file; a state goes on with the file that follows', needsData, async () => {
  const config = configFor('cut', 20_000);
  const lines = gunzipSync(readFileSync(dataFile(spot)))
    .toString()
    .trimEnd()
    .split('\n');
  const whole = run('build', '--trades', dataFile(spot), '--config', config, '--out', join(folder, 'whole'));
  const random = createRandom(8);
  for (let k = 0; k < 3; k++) {
    const at = 1 + Math.floor(random() * (lines.length - 1));
    const [a, b] = [join(folder, 'part-1.csv'), join(folder, 'part-2.csv')];
    writeFileSync(a, `${lines.slice(0, at).join('\n')}\n`);
    writeFileSync(b, `${lines.slice(at).join('\n')}\n`);
    const both = run(
      'build',
      '--trades',
      join(folder, 'part-?.csv'),
      '--config',
      config,
      '--out',
      join(folder, 'both'),
    );
    assert.equal(both.digest, whole.digest, `cut after ${at} trades`);
    run('build', '--trades', a, '--config', config, '--out', join(folder, 'first'));
    run(
      'replay',
      '--trades',
      b,
      '--config',
      config,
      '--out',
      join(folder, 'rest'),
      '--from',
      join(folder, 'first', 'state.bin'),
    );
    const rows = [...(await readRows(join(folder, 'first'))), ...(await readRows(join(folder, 'rest')))];
    assertSameRows(rows, await readRows(join(folder, 'whole')), `cut after ${at} trades:`);
  }
});

interface Problem {
  readonly place: string;
  readonly problem: string;
  readonly handling: string;
  readonly found: string;
}

/** What the corrupted files were found to hold, against a look at the text that knows nothing of our reader. */
for (const [kind, name] of [
  ['spot', 'spot'],
  ['futures', 'usd_m_futures'],
] as const) {
  test(`the corrupted TRX ${kind} file gives an account of every bad line`, needsData, () => {
    const file = dataFile(`trx/test_negative_binance_trade_stream_${name}_trxusdt_04-03-2025.csv.gz`);
    const rows = gunzipSync(readFileSync(file))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const header = rows[0];
    const [id, price, quantity] = ['TradeId', 'Price', 'Quantity'].map((column) => header.indexOf(column));
    const expected: string[] = [];
    const seen = new Set<string>();
    rows.slice(1).forEach((row, i) => {
      const place = `line ${i + 2}`;
      if (!(Number(row[price]) > 0 && Number(row[quantity]) > 0)) expected.push(`${place} invalid`);
      else if (seen.has(row[id])) expected.push(`${place} duplicate`);
      else seen.add(row[id]);
    });
    assert.ok(expected.length > 0);
    const out = join(folder, `negative-${kind}`);
    const { counts } = run('build', '--trades', file, '--config', configFor('trx', 5_000), '--out', out);
    const problems = readFileSync(join(out, 'problems.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Problem);
    const dropped = problems
      .filter((p) => p.handling === 'drop')
      .map((p) => `${p.place.split(' ').slice(-2).join(' ')} ${p.problem}`);
    assert.deepEqual(dropped, expected);
    assert.equal(counts.dropped, expected.length);
    assert.equal(counts.trades, rows.length - 1 - expected.length);
  });
}

test('a run that rejects says the file, the line, what was expected and found', needsData, () => {
  const config = join(folder, 'strict.yaml');
  writeFileSync(config, 'clocks: { short: { bars: tick, threshold: 10 } }\ntrades: { duplicates: reject }\n');
  const file = dataFile('trx/test_negative_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz');
  const { status, stderr } = minotaur('build', '--trades', file, '--config', config, '--out', join(folder, 'strict'));
  assert.equal(status, 2);
  assert.match(
    stderr,
    /csv\.gz line 4 \(duplicate\)\n {2}expected an id not seen before \(newest 348656871\)\n {2}found {4}id 348656871/,
  );
  assert.doesNotMatch(stderr, /at .*\.ts/);
});

for (const kind of Object.values(kinds)) {
  if (kind.closes !== 'beyond expectation') continue;
  test(`${kind.name} bars of real trades: as defined`, needsData, () => {
    const lines = gunzipSync(readFileSync(dataFile(spot)))
      .toString()
      .trimEnd()
      .split('\n');
    const trades = lines.slice(1, 6001).map((line): Trade => {
      const [id, price, quantity, quoteQuantity, time, buyerMaker] = line.split(',');
      return {
        id: Number(id),
        price: Number(price),
        quantity: Number(quantity),
        quoteQuantity: Number(quoteQuantity),
        time: Number(time) * 1000,
        buyerMaker: buyerMaker.toLowerCase() === 'true',
      };
    });
    const settings = { expectedTicks: 60, ticksWindow: 10, imbalanceWindow: 90, minTicks: 20, maxTicks: 240 };
    const found: number[][] = [];
    const onBars = ({ data, from, to }: BarRows): void => {
      for (let i = from; i < to; i++) found.push(NAMES.map((name) => data[COLUMN[name]][i]));
    };
    const engine = createEngine({ clocks: { it: { bars: kind.name, ...settings } } }, { onBars });
    engine.push(blockOf(trades));
    const expected = naiveExpected(trades, kind.name, settings);
    assert.ok(expected.length > 30);
    assertSameRows(
      found,
      expected.map((bar) => NAMES.map((name) => bar[name])),
    );
  });
}

test('given bars: build and replay of the minute bars agree', needsData, () => {
  const config = join(folder, 'bars.yaml');
  writeFileSync(
    config,
    'clocks: { 1min: { bars: given }, hour: { from: 1min, count: 60 }, 15min: { from: 1min, every: 15min } }\nfeatures: { 1min: ["rsi(close, 14)", "atr(14)"] }\n',
  );
  const options = ['--bars', dataFile('bars/btc-perp-1m-2022-01.csv.gz'), '--config', config];
  const built = run('build', ...options, '--out', join(folder, 'bars-build'));
  assert.equal(built.counts.rows, 45_031);
  assert.equal(built.counts.bars['hour'], Math.floor(45_031 / 60));
  assert.equal(built.counts.bars['15min'], Math.floor(45_031 / 15));
  assert.equal(run('replay', ...options, '--out', join(folder, 'bars-replay')).digest, built.digest);
});
