/** The warm-up: derived from what features declare to remember, marked on every row, and true. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readColumns } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { presets } from '../../packages/core/src/config/presets.ts';
import { operator } from '../../packages/core/src/features/contract/operator.ts';
import { ema } from '../../packages/core/src/features/operators/overlap/ema.ts';
import { parseConfig, type ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import { createPlan } from '../../packages/core/src/chain/plan.ts';
import { createRowDigest } from '../../packages/core/src/rows/digest.ts';
import type { RowBlock } from '../../packages/core/src/rows/align.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { minotaur, readManifest, run, temporaryFolder } from '../cli.ts';
import { blockOf, walk } from '../trades.ts';

const plan = (config: ConfigInput): ReturnType<typeof createPlan> => createPlan(parseConfig(config));
const warmups = (config: ConfigInput): number[] => plan(config).clocks.map(({ warmup }) => warmup.bars);

const tick = { bars: 'tick', threshold: 5 } as const;
const minute = { bars: 'time', every: '1min' } as const;

test('a clock waits for the feature that remembers longest', () => {
  const features = { a: ['close', 'sma(close, 20)', 'lag(sma(close, 20), 3)', 'sma(close, 5)'] };
  assert.deepEqual(warmups({ clocks: { a: tick }, features }), [23]);
  assert.equal(plan({ clocks: { a: tick }, features }).clocks[0].warmup.because, 'lag_3');
});

test('what fades is waited for until less than 1e-9 of the start is left', () => {
  const bars = warmups({ clocks: { a: tick }, features: { a: ['ema(close, 10)'] } })[0];
  const left = (rows: number): number => Math.exp((rows - 10) * Math.log1p(-2 / 11));
  assert.ok(left(bars) < 1e-9 && left(bars) > 1e-12, `${left(bars)} is left after ${bars} bars`);
});

test('a coarser tolerance is waited for less, and columns of the ignore list not at all; both are part of the schema', () => {
  const clocks = { a: tick, b: { from: 'a', count: 2, suffix: '_b' } } as const;
  const features = { a: ['ema(close, 10)', 'sma(close, 7)'], b: ['ema(close, 200)', 'rsi(close, 5)', 'sma(close, 4)'] };
  const chain = (ready?: ConfigInput['ready']): ReturnType<typeof createPlan> => plan({ clocks, features, ready });
  const bars = (ready?: ConfigInput['ready']): number[] => chain(ready).clocks.map(({ warmup }) => warmup.bars);
  const usual = chain();
  assert.equal(usual.schema.id, chain({ tolerance: 1e-9, ignore: [] }).schema.id, 'what is usual changes nothing');
  assert.ok(!usual.schema.lines.some((line) => line.startsWith('ready:')));
  const [fine, coarse] = [bars(), bars({ tolerance: 1e-3 })];
  assert.ok(coarse[0] < fine[0] && coarse[1] < fine[1], `${coarse.join()} and ${fine.join()}`);
  assert.ok(coarse[0] >= 10 + Math.log(1e-3) / Math.log1p(-2 / 11), 'a bound: no more than 1e-3 of the start is left');
  const ignore = ['rsi_5_b', 'ema_200_b'];
  const ignoring = chain({ tolerance: 1e-3, ignore });
  assert.deepEqual(
    ignoring.clocks.map(({ warmup }) => [warmup.bars, warmup.because, warmup.ignored]),
    [
      [coarse[0], 'ema_10', []],
      [4, 'sma_4', ['ema_200', 'rsi_5']],
    ],
  );
  assert.ok(ignoring.schema.lines.includes('ready: tolerance 0.001, ignore ema_200_b, rsi_5_b'));
  const ids = [usual, chain({ tolerance: 1e-3 }), ignoring, chain({ ignore })].map(({ schema }) => schema.id);
  assert.equal(new Set(ids).size, 4);
  assert.equal(chain({ ignore: ignore.toReversed() }).schema.id, ids[3], 'a list in another order is the same list');
});

test('a name that is no column, and a tolerance that an operator does not promise, are refused', () => {
  const own = operator({ ...ema, name: 'own', memory: () => ({ class: 'fading', rows: 40, tolerance: 1e-4 }) });
  const features = { a: ['ema(close, 20)', 'own(close, 9)'] };
  const chain = (ready: ConfigInput['ready']): unknown =>
    plan({ clocks: { a: tick }, features, ready, operators: [own] });
  assert.throws(
    () => chain({ ignore: ['ema_2_a'] }),
    /ready.ignore: expected .*column.*'ema_2_a' \(did you mean 'ema_20_a'\?\)/,
  );
  assert.throws(() => chain({ ignore: ['age_a'] }), /ready.ignore/);
  assert.throws(
    () => chain({ tolerance: 1e-6 }),
    /ready.tolerance: expected at least 0.0001, to which 'own_9_a' fades/,
  );
  assert.throws(() => chain({ tolerance: 0 }), /ready.tolerance/);
  assert.throws(() => chain({ tolerence: 1e-3 } as ConfigInput['ready']), /did you mean 'tolerance'/);
  chain({ tolerance: 1e-6, ignore: ['own_9_a'] });
  chain({});
});

test('the preset: 57 days instead of 455, and what is not waited for', () => {
  const usual = plan({ ...presets['minotaur'], ready: {} }).clocks.map(({ warmup }) => warmup.bars);
  const { clocks } = createPlan(parseConfig('minotaur'));
  const days = (bars: number): number => Math.round((bars * 4) / 24);
  assert.deepEqual([days(usual[5]), days(clocks[5].warmup.bars)], [456, 57]);
  assert.deepEqual(clocks[5].warmup.ignored, ['ema_100', 'ema_200', 'adx_20']);
  // Nothing else takes as long as 4hour does.
  assert.ok(clocks[4].warmup.bars * 15 < clocks[5].warmup.bars * 240);
});

test('a time bar that the start cut is not counted, nor a bar made of it, nor one of trades without a side', () => {
  const features = { a: ['sma(close, 4)'], b: ['close'] };
  assert.deepEqual(warmups({ clocks: { a: minute, b: { from: 'a', count: 3 } }, features }), [5, 2]);
  assert.deepEqual(warmups({ clocks: { a: tick, b: { from: 'a', count: 3 } }, features }), [4, 1]);
  const inferred = { trades: { side: 'tickRule' } } as const;
  assert.deepEqual(warmups({ ...inferred, clocks: { a: tick, b: { from: 'a', count: 3 } }, features }), [5, 2]);
});

test('bars of bars multiply; by volume there is no number', () => {
  const clocks = {
    a: tick,
    b: { from: 'a', count: 10 },
    c: { from: 'b', count: 16 },
    d: { from: 'b', volume: 5 },
  };
  const features = { a: ['close'], b: ['sma(close, 3)'], c: ['sma(close, 20)'], d: ['close'] };
  const roots = plan({ clocks, features }).clocks.map(({ warmup }) => warmup.rootBars);
  assert.deepEqual(roots, [undefined, { clock: 0, bars: 30 }, { clock: 0, bars: 3200 }, undefined]);
});

test('what never forgets is named and not waited for', () => {
  const features = {
    a: ['obv(close, volume) as obv', 'sma(obv(close, volume), 3) as mean', 'ordinal', 'sma(close, 3)'],
  };
  const { warmup } = plan({ clocks: { a: tick }, features }).clocks[0];
  assert.deepEqual(warmup.unbounded, ['obv', 'mean', 'ordinal']);
  assert.equal(warmup.bars, 3);
});

test('another warm-up is another schema: rows would be marked differently', () => {
  const { schema } = plan({ clocks: { a: minute }, features: { a: ['sma(close, 4)'] } });
  assert.ok(schema.lines.includes('ready after bars: a 5'));
});

interface Row {
  readonly values: Float64Array;
  readonly ready: number;
}

/** Rows of a chain by time, from the trades of [from, end). */
function rowsFrom(
  config: ConfigInput,
  trades: readonly Trade[],
  from: number,
): { rows: Map<number, Row>; engine: Engine } {
  const rows = new Map<number, Row>();
  const engine = createEngine(config, {
    onRows({ count, width, time, values, ready }) {
      for (let r = 0; r < count; r++)
        rows.set(time[r], { values: values.slice(r * width, (r + 1) * width), ready: ready[r] });
    },
  });
  engine.push(blockOf(trades.slice(from)));
  return { rows, engine };
}

test('a ready row of a cold start is the row of a full run, whenever it started', () => {
  startLate({
    clocks: { fast: { bars: 'time', every: '10s' }, slow: { from: 'fast', count: 1 }, minute },
    features: {
      fast: [
        'close',
        'volume',
        'sma(close, 20)',
        'rsi(close, 5)',
        'rolling_skew(volume, 9)',
        'obv(close, volume) as obv',
      ],
      slow: ['max(high, 7)'],
      minute: ['vwap', 'ema(volume, 3)', 'lag(close, 4)'],
      rows: [
        'close_fast - lag(vwap_minute, 31) as far',
        'ema(volume_fast, 4) as quiet',
        'obv(close_fast, volume_fast)',
      ],
    },
  });
});

test('so is one whose features of rows remember what was not yet settled when its clocks were', () => {
  startLate({
    clocks: { fast: { bars: 'time', every: '10s' }, minute },
    features: {
      fast: ['close', 'sma(close, 20)'],
      minute: ['close'],
      rows: ['close_fast - lag(sma_20_fast, 35) as far', 'ema(sma_20_fast, 3) as e', 'obv(close_fast, close_fast)'],
    },
  });
});

/** Starts a chain at many trades and holds its ready rows against those of the full run. */
function startLate(config: ConfigInput): void {
  const trades = walk(40_000, 3, 100);
  const full = rowsFrom(config, trades, 0).rows;
  const { columns } = createPlan(parseConfig(config));
  const settled = columns.flatMap((name, c) => (name.startsWith('obv') ? [] : [c]));
  let compared = 0;
  let differed = 0;
  for (const start of [7, 1001, 5003, 12_345, 20_002]) {
    const { rows } = rowsFrom(config, trades, start);
    const largest = columns.map(() => 0);
    for (const [time, { values, ready }] of rows) {
      const expected = (full.get(time) as Row).values;
      const same = settled.every((c) => {
        largest[c] = Math.max(largest[c], Math.abs(expected[c]) || 0);
        return Object.is(values[c], expected[c]) || Math.abs(values[c] - expected[c]) <= 1e-9 * largest[c];
      });
      assert.ok(same || ready === 0, `started at trade ${start}: a ready row at ${time} differs from the full run`);
      compared += ready;
      differed += same ? 0 : 1;
    }
  }
  assert.ok(compared > 1000, `only ${compared} ready rows`);
  assert.ok(differed > 100, `only ${differed} rows of cold starts differ: nothing had to be waited for`);
}

test('to a coarser tolerance, a ready row of a cold start is that of a full run to the tolerance, but for what is ignored', () => {
  const tolerance = 1e-3;
  const config: ConfigInput = {
    clocks: { fast: { bars: 'time', every: '10s' } },
    features: {
      fast: ['close', 'rsi(close, 9)', 'adx(high, low, close, 9)', 'ema(volume, 60)', 'ema(volume, 900)'],
    },
    ready: { tolerance, ignore: ['ema_900_fast'] },
  };
  const trades = walk(40_000, 3, 100);
  const full = rowsFrom(config, trades, 0).rows;
  const { columns } = createPlan(parseConfig(config));
  const worst = columns.map(() => 0);
  let compared = 0;
  for (const start of [7, 1001, 5003, 12_345, 20_002]) {
    const largest = columns.map(() => 0);
    for (const [time, { values, ready }] of rowsFrom(config, trades, start).rows) {
      const expected = (full.get(time) as Row).values;
      for (let c = 0; c < columns.length; c++) {
        largest[c] = Math.max(largest[c], Math.abs(expected[c]) || 0);
        if (ready === 1) worst[c] = Math.max(worst[c], Math.abs(values[c] - expected[c]) / largest[c] || 0);
      }
      compared += ready;
    }
  }
  assert.ok(compared > 1000, `only ${compared} ready rows`);
  const ignored = columns.indexOf('ema_900_fast');
  assert.ok(worst[ignored] > tolerance, `${worst[ignored]}: it would have had to be waited for`);
  columns.forEach((name, c) => assert.ok(c === ignored || worst[c] <= tolerance, `${name} is off by ${worst[c]}`));
  assert.ok(Math.max(...worst.filter((_, c) => c !== ignored)) > 1e-9, 'to the usual tolerance it would not have held');
});

test('ready is a matter of closed bars alone: every clock has as many as its warm-up', () => {
  const config: ConfigInput = {
    clocks: { a: tick, b: { from: 'a', count: 4 }, minute },
    features: { a: ['sma(close, 30)'], b: ['sma(close, 9)'], minute: ['lag(close, 2)'] },
  };
  const counted: { ready: number; enough: boolean }[] = [];
  const engine: Engine = createEngine(config, {
    onRows({ count, ready }) {
      const { bars } = engine.counts();
      const enough = engine.plan.clocks.every(({ name, warmup }) => bars[name] >= warmup.bars);
      for (let r = 0; r < count; r++) counted.push({ ready: ready[r], enough });
    },
  });
  for (const trade of walk(6000, 5, 300)) engine.push(trade);
  const firstReady = counted.findIndex(({ ready }) => ready === 1);
  assert.ok(firstReady > 30 && firstReady < counted.length - 30, `first ready row ${firstReady} of ${counted.length}`);
  for (const { ready, enough } of counted) assert.equal(ready === 1, enough);
});

test('the digest covers it', () => {
  const block = (ready: number, complete: number): RowBlock => ({
    count: 1,
    width: 1,
    time: Float64Array.of(5),
    values: Float64Array.of(7),
    ready: Float64Array.of(ready),
    complete: Float64Array.of(complete),
  });
  const digests = [0, 1, 2, 3].map((flags) => {
    const digest = createRowDigest();
    digest.add(block(flags & 1, flags >> 1));
    return digest.hex();
  });
  assert.equal(new Set(digests).size, 4);
});

test('build and replay --from agree on it, in the file, in the counts and in the account', async () => {
  const folder = temporaryFolder();
  const trades = join(folder, 't.parquet');
  const config = join(folder, 'c.json');
  assert.equal(minotaur('simulate', '--trades', '60000', '--seed', '3', '--out', trades).status, 0);
  const clocks = { short: { bars: 'tick', threshold: 50 }, long: { from: 'short', count: 4 } };
  const features = { short: ['rsi(close, 14)', 'obv(close, volume) as obv'], long: ['sma(close, 100)'] };
  writeFileSync(config, JSON.stringify({ clocks, features }));
  const out = (name: string): string => join(folder, name);
  const flags = ['--trades', trades, '--config', config];
  const whole = run('build', ...flags, '--out', out('whole'));
  assert.equal(whole.counts.rows - whole.counts.readyRows, 399);
  assert.deepEqual(whole.warmup.unbounded, ['obv_short']);
  const [short, long] = whole.warmup.clocks;
  assert.equal(short.because, 'rsi_14_short');
  assert.equal(short.trades, 50 * short.bars);
  assert.deepEqual(long.rootBars, { clock: 'short', bars: 400 });
  assert.equal(long.trades, 20_000);
  assert.ok((long.seconds ?? 0) > (short.seconds ?? 0) && (short.seconds ?? 0) > 0);

  // Stopped before the second clock was warm, and gone on.
  const first = run('replay', ...flags, '--limit', '19000', '--out', out('first'));
  assert.equal(first.counts.readyRows, 0);
  assert.equal(first.warmup.clocks[1].trades, null);
  const rest = run('replay', ...flags, '--from', join(out('first'), 'state.bin'), '--out', out('rest'));
  assert.equal(rest.warmup.clocks[0].trades, 0, 'warm before');
  assert.equal(rest.warmup.clocks[1].trades, 1000);
  assert.equal(rest.counts.readyRows, whole.counts.readyRows);
  const ready = async (name: string): Promise<number[]> =>
    Array.from((await readColumns(join(out(name), 'rows.parquet'), ['ready']))['ready'], Number);
  assert.deepEqual([...(await ready('first')), ...(await ready('rest'))], await ready('whole'));
  assert.deepEqual(readManifest(out('rest')).warmup, rest.warmup);
});
