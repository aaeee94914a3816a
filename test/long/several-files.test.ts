/** Files of several instruments, made here: whose they are, where they end, going on from any place. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, replay } from 'minotaur/runs';
import { readColumns } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const rowsOf = (out: string, names: readonly string[]) => readColumns(at(join(out, 'rows.parquet')), names);

/** Trades of a market, as Binance writes them, one each quarter of a second. */
function csv(name: string, price: number, trades: number, from = 0): string {
  const lines = Array.from({ length: trades }, (_, k) => {
    const i = from + k;
    const p = (price * (1 + 0.002 * Math.sin(i / 7))).toFixed(4);
    return `${i + 1},${p},1,${p},${1_700_000_000_000 + 250 * i},${i % 3 === 0},true`;
  });
  writeFileSync(at(name), `id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n${lines.join('\n')}\n`);
  return at(name);
}

const btc = csv('BTCUSDT-trades-2023-11-14.csv', 60_000, 2000);
const eth = csv('ETHUSDT-trades-2023-11-14.csv', 2500, 2000);
const two = {
  instruments: { btc: {}, eth: { latency: '0' } },
  clocks: { a: { of: 'btc', bars: 'tick', threshold: 5 }, b: { of: 'eth', bars: 'time', every: '1s' } },
  features: { a: ['close'], b: ['close'] },
} satisfies ConfigInput;

test('files are of the instrument that they are named for: others are refused, roles are told by the files', async () => {
  const run = (trades: Record<string, string[]> | string[], config: ConfigInput = two) =>
    build({ config, trades, out: at('two') });
  const { instruments, told } = await run({ btc: [btc], eth: [eth] });
  assert.deepEqual(
    instruments.map(({ name, symbol }) => [name, symbol]),
    [
      ['btc', 'BTCUSDT'],
      ['eth', 'ETHUSDT'],
    ],
  );
  assert.equal(told['btc']['symbol'], btc);
  await assert.rejects(run({ btc: [eth], eth: [btc] }), /expected trades of btc.*found of ETHUSDT, as eth may be/s);
  const named = {
    ...two,
    instruments: { BTCUSDT: {}, ETHUSDT: {} },
    clocks: { a: { ...two.clocks.a, of: 'BTCUSDT' }, b: { ...two.clocks.b, of: 'ETHUSDT' } },
  } satisfies ConfigInput;
  await assert.rejects(run({ BTCUSDT: [eth], ETHUSDT: [eth] }, named), /BTCUSDT/);
  const same = {
    ...two,
    instruments: { btc: { symbol: 'BTCUSDT' }, eth: { symbol: 'BTCUSDT' } },
  } satisfies ConfigInput;
  await assert.rejects(run({ btc: [btc], eth: [btc] }, same), /expected trades of eth alone, found those of btc too/);
  await assert.rejects(
    run({ btc: [btc] }),
    /trades: expected files of every instrument \(btc, eth\), found none of eth/,
  );
  await assert.rejects(run([btc]), /trades: expected NAME=FILES, with the name of an instrument \(btc, eth\)/);
  await assert.rejects(run({ btc: [btc], ethh: [eth] }), /'ethh', did you mean 'eth'|'ethh'/);
});

test('stopped again and again, also where the other feed is silent for long, a run comes to the digest of the whole', async () => {
  const sparse = at('ETHUSDT-trades-sparse.csv');
  const [header, ...lines] = readFileSync(eth, 'utf8').trim().split('\n');
  writeFileSync(sparse, [header, ...lines.filter((_, i) => i % 70 === 0)].join('\n'));
  const config = {
    ...two,
    instruments: { btc: { ids: 'rising' }, eth: { latency: '0', ids: 'rising' } },
    skew: '20s',
  } satisfies ConfigInput;
  const trades = { btc: [btc], eth: [sparse] };
  const whole = await build({ config, trades, out: at('steps-whole') });
  let digest = '';
  for (let done = 0, step = 0; digest !== whole.digest && step < 30; step++) {
    const from = step === 0 ? undefined : at(`steps-${step - 1}/state.bin`);
    const made = await build({ config, trades, from, limit: 171, out: at(`steps-${step}`) });
    const { btc: b, eth: e } = made.counts.instruments as Record<string, { trades: number }>;
    assert.equal(b.trades + e.trades - done, Math.min(171, 2029 - done));
    done = b.trades + e.trades;
    digest = made.digest;
  }
  assert.equal(digest, whole.digest);
});

test('a skew that would take a day for a day, and bars in disorder of one of several clocks, are refused where they stand', async () => {
  await assert.rejects(
    build({ config: { ...two, skew: '1ms' }, trades: { btc: [btc], eth: [eth] }, out: at('skew') }),
    /skew: expected a span of 100ms or more, found the text '1ms'/,
  );
  const minutes = Array.from({ length: 60 }, (_, i) => (i < 40 ? i + 20 : i - 40));
  const bar = (i: number): string => `${1_700_000_000_000 + 60_000 * i},${1_700_000_059_999 + 60_000 * i},10,11,9,10,5`;
  const disorder = at('disorder.csv');
  writeFileSync(disorder, `open_time,close_time,open,high,low,close,volume\n${minutes.map(bar).join('\n')}\n`);
  const order = at('order.csv');
  writeFileSync(
    order,
    `open_time,close_time,open,high,low,close,volume\n${minutes.map((_, i) => bar(i)).join('\n')}\n`,
  );
  const config = {
    instruments: { x: { symbol: 'X' }, y: { symbol: 'Y' } },
    clocks: { a: { of: 'x', bars: 'given' }, b: { of: 'y', bars: 'given' } },
    features: { a: ['close'], b: ['close'] },
  } satisfies ConfigInput;
  await assert.rejects(
    build({ config, bars: { a: [disorder], b: [order] }, out: at('bars') }),
    /disorder\.csv line 42: expected a bar that is available at 2023-11-14T23:13:\S+ or later, as those before it/,
  );
});

test('one file may hold the trades of both: each takes its own, and a run that goes on knows how far each had come', async () => {
  const file = at('both.csv');
  const lines = Array.from({ length: 900 }, (_, i) => {
    const symbol = i % 3 === 0 ? 'ETHUSDT' : 'BTCUSDT';
    const time = 1_700_000_000_000_000 + 100_000 * i;
    return `binance,${symbol},${time},${time + 900},${i + 1},${i % 2 === 0 ? 'buy' : 'sell'},${symbol === 'ETHUSDT' ? 2000 : 60_000},1`;
  });
  writeFileSync(file, `exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n${lines.join('\n')}\n`);
  const ids = { ids: 'rising' } as const;
  const config = {
    ...two,
    instruments: { btc: { symbol: 'BTCUSDT', ...ids }, eth: { symbol: 'ETHUSDT', ...ids } },
  } satisfies ConfigInput;
  const trades = { btc: [file], eth: [file] };
  const whole = await build({ config, trades, out: at('both') });
  assert.deepEqual([whole.counts.instruments?.['btc'].trades, whole.counts.instruments?.['eth'].trades], [600, 300]);
  await build({ config, trades, out: at('both-part'), limit: 333 });
  const rest = await build({ config, trades, out: at('both-rest'), from: at('both-part/state.bin') });
  assert.deepEqual([rest.digest, rest.counts.trades], [whole.digest, 900]);
});

test('the end of a feed is a hole from there on; what goes on behind the driving one is left, and said', async () => {
  const short = csv('ETHUSDT-trades-short.csv', 2500, 800);
  const ended = await build({ config: two, trades: { btc: [btc], eth: [short] }, out: at('ended') });
  assert.equal(ended.counts.holes, 1);
  const { time, complete } = await rowsOf('ended', ['time', 'complete']);
  const end = (1_700_000_000_000 + 250 * 799) * 1000;
  for (let r = 0; r < time.length; r++) assert.equal(complete[r], time[r] < end ? 1 : 0);
  assert.deepEqual(
    (await replay({ config: two, trades: { btc: [btc], eth: [short] }, out: at('e2') })).digest,
    ended.digest,
  );
  const driving = csv('BTCUSDT-trades-short.csv', 60_000, 800);
  const left = await build({ config: two, trades: { btc: [driving], eth: [eth] }, out: at('left') });
  assert.deepEqual(left.unread, ['eth']);
  // A run that goes on with what follows comes to the whole.
  const rest = csv('BTCUSDT-trades-rest.csv', 60_000, 1200, 800);
  const whole = await build({ config: two, trades: { btc: [btc], eth: [eth] }, out: at('w') });
  const on = await build({
    config: two,
    trades: { btc: [driving, rest], eth: [eth] },
    from: at('left/state.bin'),
    out: at('on'),
  });
  assert.equal(on.digest, whole.digest);
});

test('day after day from state to state is one run over all days: nothing is a hole because a file ended', async () => {
  const days = (symbol: string, price: number): string[] => [
    csv(`${symbol}-trades-day-1.csv`, price, 1203),
    csv(`${symbol}-trades-day-2.csv`, price, 797, 1203),
  ];
  const [b, e] = [days('BTCUSDT', 60_000), days('ETHUSDT', 2500)];
  const whole = await build({ config: two, trades: { btc: b, eth: e }, out: at('days') });
  const first = await build({ config: two, trades: { btc: [b[0]], eth: [e[0]] }, out: at('day-1') });
  assert.equal(first.counts.holes, 0);
  const from = at('day-1/state.bin');
  const second = await build({ config: two, trades: { btc: [b[1]], eth: [e[1]] }, from, out: at('day-2') });
  assert.deepEqual([second.digest, second.counts.trades, second.counts.holes], [whole.digest, 4000, 0]);
});

test('ids that are missing over a silence make the rows in it incomplete, though a watermark lets them out', async () => {
  const [header, ...lines] = readFileSync(eth, 'utf8').trim().split('\n');
  const gap = at('ETHUSDT-trades-gap.csv');
  writeFileSync(gap, [header, ...lines.slice(0, 200), ...lines.slice(600)].join('\n'));
  await build({ config: two, trades: { btc: [btc], eth: [gap] }, out: at('silent') });
  const { time, complete } = await rowsOf('silent', ['time', 'complete']);
  const timeOf = (line: string): number => Number(line.split(',')[4]) * 1000;
  for (let r = 0; r < time.length; r++) {
    const isInside = time[r] >= timeOf(lines[199]) && time[r] <= timeOf(lines[600]);
    if (isInside || time[r] < timeOf(lines[199])) assert.equal(complete[r], isInside ? 0 : 1, `row ${r}`);
  }
});

test('given bars of several clocks beside trades, and series: one chain, build is replay', async () => {
  const minutes = (name: string, close: number): string => {
    const lines = Array.from({ length: 8 }, (_, i) => {
      const open = 1_700_000_000_000 + 60_000 * i;
      return `${open},${open + 60_000},${close},${close + 1},${close - 1},${close + (i % 2)},10`;
    });
    writeFileSync(at(name), `open_time,close_time,open,high,low,close,volume\n${lines.join('\n')}\n`);
    return at(name);
  };
  const funding = at('funding.csv');
  writeFileSync(funding, `time,rate\n${[0, 100, 200, 300].map((s) => `${1_700_000_000 + s},${s / 1e6}`).join('\n')}\n`);
  const config = {
    instruments: { btc: {}, spx: { latency: '1s' }, dax: {} },
    clocks: {
      a: { of: 'btc', bars: 'tick', threshold: 5 },
      spx: { of: 'spx', bars: 'given' },
      dax: { of: 'dax', bars: 'given' },
      fund: { series: ['rate'], delay: '2s' },
    },
    features: { a: ['close'], spx: ['close'], dax: ['close'], fund: ['rate'] },
  } satisfies ConfigInput;
  const inputs = {
    config,
    trades: { btc: [btc] },
    bars: { spx: [minutes('spx.csv', 4000)], dax: [minutes('dax.csv', 15_000)] },
    series: [funding],
  };
  const built = await build({ ...inputs, out: at('mixed') });
  assert.deepEqual(built.counts.bars, { a: 400, spx: 8, dax: 8, fund: 4 });
  assert.equal((await replay({ ...inputs, out: at('mixed-live') })).digest, built.digest);
  const rows = await rowsOf('mixed', [
    'time',
    'close_spx',
    'age_spx',
    'close_dax',
    'rate_fund',
    'age_fund',
    'complete',
  ]);
  const start = 1_700_000_000_000_000;
  for (let r = 0; r < rows['time'].length; r++) {
    const since = rows['time'][r] - start;
    const bar = Math.floor((since - 1e6) / 60e6) - 1;
    assert.equal(rows['close_spx'][r], bar < 0 ? NaN : 4000 + (bar % 2));
    const period = Math.floor((since - 2e6) / 100e6);
    assert.equal(rows['rate_fund'][r], period < 0 ? NaN : Math.min(3, period) / 1e4);
    assert.equal(rows['age_fund'][r], period < 0 ? NaN : (since - 2e6 - Math.min(3, period) * 100e6) / 1e6);
  }
  await assert.rejects(build({ ...inputs, bars: { spx: inputs.bars.spx }, out: at('x') }), /found none of dax/);
  const late = { ...config, clocks: { ...config.clocks, fund: { series: ['rate'] } } } satisfies ConfigInput;
  await assert.rejects(
    build({ ...inputs, config: late, out: at('x') }),
    /a column available_at, because clocks.fund has no delay/,
  );
});
