/** From trades to labels to splits by command, against the double loop over the same trades. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LabelReport } from '../packages/minotaur/src/runs/learning/label.ts';
import type { SplitReport } from '../packages/minotaur/src/runs/learning/split.ts';
import { loadConfig } from '../packages/minotaur/src/files/config-file.ts';
import type { LabelRows } from '../packages/core/src/labels/labels.ts';
import { readColumns } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { openDuck } from '../packages/minotaur/src/files/parquet/duck.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { createTableWriter } from '../packages/minotaur/src/files/parquet/table-writer.ts';
import { openTrades } from '../packages/minotaur/src/files/trades/trade-source.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { dataFile, minotaur, needsData, run, temporaryFolder } from './cli.ts';
import { naiveLabel, tradeEvent, type NaiveEvent } from './naive-labels.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const trades = at('trades.parquet');
await writeTrades(trades, simulate({ trades: 60_000, seed: 5 }));

const base = `clocks: { short: { bars: dollar, threshold: 90000, suffix: _s }, slow: { bars: time, every: 1min } }
features: { short: [close, "atr(high, low, close, 14)"], slow: [close] }
sequence: { length: 5 }
`;
function config(name: string, sections: string): string {
  writeFileSync(at(name), base + sections);
  return at(name);
}
const rows = at('rows');
run('build', '--trades', trades, '--config', config('build.yaml', ''), '--out', rows);

function done<T>(...args: readonly string[]): T {
  const { status, stdout, stderr } = minotaur(...args, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}
const labelled = (file: string, out: string, ...input: readonly string[]): LabelReport =>
  done('label', '--rows', rows, ...input, '--config', file, '--out', at(out));

async function barriersOf(file: string): Promise<string[]> {
  const duck = await openDuck();
  try {
    const result = await duck.connection.run(`SELECT barrier FROM read_parquet('${file}')`);
    return (await result.getRows()).map(([barrier]) => String(barrier));
  } finally {
    duck.close();
  }
}

async function labelRows(directory: string): Promise<LabelRows> {
  const columns = await readColumns(join(directory, 'rows.parquet'), ['time', 'close_s', 'atr_14_s', 'ready']);
  return { time: columns['time'], close: columns['close_s'], atr: columns['atr_14_s'], ready: columns['ready'] };
}

const methods: readonly (readonly [name: string, section: string])[] = [
  ['fixed', 'label: { method: fixed, target: 0.002, stop: 0.001 }'],
  ['a short position', 'label: { method: fixed, target: 0.002, stop: 0.001, side: short }'],
  ['atr', 'label: { method: atr, multiple: 1.5, minStop: 0.0005 }'],
  ['triple barrier', 'label: { method: fixed, target: 0.002, stop: 0.001, limit: 30s }'],
  ['triple barrier in rows', 'label: { method: atr, minStop: 0.0005, limit: 20 }'],
  ['fixed, entered later', 'label: { method: fixed, target: 0.002, stop: 0.001, delay: 500ms }'],
  ['triple barrier in rows, entered later', 'label: { method: atr, minStop: 0.0005, limit: 20, delay: 2s }'],
  ['horizon in rows, entered later', 'label: { method: horizon, after: 10, delay: 500ms }'],
  ['horizon', 'label: { method: horizon, after: 1min }'],
  ['horizon in rows', 'label: { method: horizon, after: 10, side: short }'],
];

for (const [i, [name, section]] of methods.entries()) {
  test(`label ${name}: every row as the double loop has it`, async () => {
    const file = config(`label${i}.yaml`, section);
    const report = labelled(file, 'labels.parquet', '--trades', trades);
    const table = await labelRows(rows);
    const tape = await readColumns(trades, ['time', 'price']);
    const events = Array.from(tape['time'], (time, k) => tradeEvent(time, tape['price'][k]));
    const names = ['time', 'entry_time', 'entry_price', 'label', 'label_time', 'price', 'return', 'ambiguous'];
    const found = await readColumns(at('labels.parquet'), names);
    const barriers = await barriersOf(at('labels.parquet'));
    const { label } = (await loadConfig(file)).config;
    assert.ok(table.time.length > 400);
    assert.equal(report.counts.rows, table.time.length);
    assert.ok(report.counts.labelled > 200);
    for (let k = 0; k < table.time.length; k++) {
      const expected = naiveLabel(label, table, k, events);
      const mine = Object.fromEntries(names.map((column) => [column, found[column][k]]));
      const gain = expected.price / expected.entry_price;
      const gained = label.side === 'long' ? gain - 1 : 1 - gain;
      if (label.delay !== 0 && expected.barrier !== 'none') assert.ok(expected.entry_time > table.time[k]);
      assert.deepEqual(
        { ...mine, barrier: barriers[k] },
        { ...expected, time: table.time[k], return: gained },
        `row ${k}`,
      );
    }
  });
}

test('label of real trades: every row as the double loop has it', needsData, async () => {
  const real = dataFile('binance/BTCUSDT-spot-trades-2024-08-08.csv.gz');
  const file = at('real.yaml');
  const clocks = 'clocks: { short: { bars: dollar, threshold: 20000, suffix: _s } }';
  const features = 'features: { short: [close, "atr(high, low, close, 14)"] }';
  writeFileSync(file, `${clocks}\n${features}\nlabel: { method: atr, minStop: 0.0002, limit: 5s, delay: 250ms }\n`);
  const own = at('real');
  run('build', '--trades', real, '--config', file, '--out', own);
  const flags = ['--rows', own, '--trades', real, '--config', file, '--out', at('real.parquet')];
  const { counts } = done<LabelReport>('label', ...flags);
  assert.ok(counts.target > 20 && counts.stop > 20 && counts.time > 20, JSON.stringify(counts));
  const events: NaiveEvent[] = [];
  const source = await openTrades([real]);
  for await (const { block } of source.blocks()) {
    for (let k = 0; k < block.length; k++) events.push(tradeEvent(block.time[k], block.price[k]));
  }
  source.close();
  const table = await labelRows(own);
  const names = ['entry_time', 'entry_price', 'label', 'label_time', 'price', 'ambiguous'];
  const found = await readColumns(at('real.parquet'), names);
  const barriers = await barriersOf(at('real.parquet'));
  const { label } = (await loadConfig(file)).config;
  for (let k = 0; k < table.time.length; k++) {
    const mine = Object.fromEntries(names.map((column) => [column, found[column][k]]));
    assert.deepEqual({ ...mine, barrier: barriers[k] }, naiveLabel(label, table, k, events), `row ${k}`);
  }
});

test('split: defaults, purged by label and by the five rows of a sequence; the same bytes again', async () => {
  const file = config('split.yaml', 'label: { method: fixed, target: 0.002, stop: 0.001 }');
  const { counts } = labelled(file, 'labels.parquet', '--trades', trades);
  const splits = (out: string): SplitReport =>
    done('split', '--rows', rows, '--labels', at('labels.parquet'), '--config', file, '--out', at(out));
  const { folds, sequence, schemaId } = splits('split.parquet');
  assert.equal(sequence, 5);
  assert.match(schemaId, /^[0-9a-f]{64}$/);
  const [{ train, validation, test: held, purged, none }] = folds;
  assert.equal(train + validation + held + purged.label + purged.sequence, counts.labelled);
  assert.equal(none, counts.rows - counts.labelled);
  assert.ok(purged.label > 5);
  assert.equal(purged.sequence, 8, 'four rows after each of two boundaries');
  splits('again.parquet');
  const all = async (name: string) => {
    const duck = await openDuck();
    const text = await (await duck.connection.run(`SELECT * FROM read_parquet('${at(name)}')`)).getRows();
    duck.close();
    return text.map(String);
  };
  const first = await all('split.parquet');
  assert.deepEqual(await all('again.parquet'), first);
  assert.equal(first.length, counts.rows);
  assert.match(first[counts.unready], /^\d{16},train,0$/);
});

test('split with folds has every row once a fold', async () => {
  const file = config('folds.yaml', 'label: { method: horizon, after: 10 }\nsplit: { method: purgedKFold, folds: 4 }');
  const { counts } = labelled(file, 'labels.parquet');
  const flags = ['--rows', rows, '--labels', at('labels.parquet'), '--config', file, '--out', at('folds.parquet')];
  const report = done<SplitReport>('split', ...flags);
  assert.equal(report.folds.length, 4);
  const { fold, time } = await readColumns(at('folds.parquet'), ['fold', 'time']);
  assert.equal(fold.length, 4 * counts.rows);
  const table = await labelRows(rows);
  for (let k = 0; k < 4; k++) {
    const own = time.filter((_, i) => fold[i] === k);
    assert.deepEqual(own, table.time);
  }
});

test('rows that are not ready get no label and no split', async () => {
  const file = config('ready.yaml', 'label: { method: fixed, target: 0.002, stop: 0.001 }');
  const own = at('ready');
  run('build', '--trades', trades, '--config', file, '--out', own);
  const path = join(own, 'rows.parquet');
  const names = ['time', 'close_s', 'atr_14_s'];
  const columns = await readColumns(path, names);
  const ready = columns['time'].map((_, i) => (i < 100 ? 0 : 1));
  const table = createTableWriter(at('with-ready.parquet'), [
    { name: 'time', type: 'BIGINT' },
    { name: 'close_s', type: 'DOUBLE' },
    { name: 'atr_14_s', type: 'DOUBLE' },
    { name: 'ready', type: 'BOOLEAN' },
  ]);
  table.appendColumns(ready.length, [...names.map((name) => columns[name]), ready]);
  table.commit();
  renameSync(at('with-ready.parquet'), path);
  const label = ['--rows', own, '--config', file];
  const report = done<LabelReport>('label', ...label, '--trades', trades, '--out', at('ready-labels.parquet'));
  assert.equal(report.counts.unready, 100);
  const { label_time } = await readColumns(at('ready-labels.parquet'), ['label_time']);
  assert.ok(label_time.subarray(0, 100).every(Number.isNaN));
  assert.ok(Number.isFinite(label_time[100]));
  const split = ['split', ...label, '--labels', at('ready-labels.parquet'), '--out', at('ready-split.parquet')];
  const [fold] = done<SplitReport>(...split).folds;
  assert.equal(fold.none, report.counts.rows - report.counts.labelled);
});

test('with bars a bar that spans both barriers is a stop, and ambiguous', async () => {
  const bar = (i: number, high: number, low: number): string =>
    `${1_700_000_000_000 + i * 60_000},100,${high},${low},100,5`;
  const calm = Array.from({ length: 10 }, (_, i) => bar(i, 100.5, 99.5));
  const lines = ['open_time,open,high,low,close,volume', ...calm, bar(10, 103, 98), bar(11, 103, 99.5)];
  writeFileSync(at('bars.csv'), `${lines.join('\n')}\n`);
  writeFileSync(
    at('bars.yaml'),
    'clocks: { given: { bars: given, suffix: "" } }\nfeatures: { given: [close] }\n'.replace(
      'suffix: ""',
      'suffix: _g',
    ),
  );
  const own = at('bar-rows');
  run('build', '--bars', at('bars.csv'), '--config', at('bars.yaml'), '--out', own);
  const flags = [
    '--rows',
    own,
    '--bars',
    at('bars.csv'),
    '--config',
    at('bars.yaml'),
    '--out',
    at('bar-labels.parquet'),
  ];
  const { counts } = done<LabelReport>('label', ...flags);
  assert.deepEqual(
    [counts.labelled, counts.stop, counts.target, counts.ambiguous, counts.unresolved],
    [11, 10, 1, 10, 1],
  );
  const { ambiguous, price } = await readColumns(at('bar-labels.parquet'), ['ambiguous', 'price']);
  assert.deepEqual(Array.from(ambiguous), [...Array<number>(10).fill(1), 0, 0]);
  assert.deepEqual([price[0], price[10]], [99, 102]);
  writeFileSync(at('twice.csv'), `${[...lines, lines[11], lines[12]].join('\n')}\n`);
  const twice = minotaur('label', ...flags.map((flag) => (flag === at('bars.csv') ? at('twice.csv') : flag)));
  assert.equal(twice.status, 2);
  assert.match(twice.stderr, /twice\.csv line 14\n {2}expected a bar that opens after/);
});

test('what does not fit is told, exit 2, nothing written', () => {
  const file = config('bad.yaml', 'label: { method: atr, column: atr_15_s }');
  const good = config('good.yaml', 'label: { method: fixed, target: 0.002, stop: 0.001 }');
  labelled(good, 'good.parquet', '--trades', trades);
  writeFileSync(at('other.yaml'), base.replace('90000', '90001'));
  const disorder = at('disorder.csv');
  const line = (id: number, ms: number): string => `${id},60000,1,60000,${1_722_816_000_000 + ms},True,True`;
  const header = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match';
  writeFileSync(disorder, [header, line(1, 5), line(2, 9), line(3, 8), ''].join('\n'));
  const label = (...args: readonly string[]) => ['label', '--rows', rows, ...args, '--out', at('bad/out.parquet')];
  const split = (...args: readonly string[]) => ['split', '--rows', rows, ...args, '--out', at('bad/out.parquet')];
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [label('--trades', trades, '--config', file), /rows\.parquet\n {2}expected a column atr_15_s/],
    [label('--config', good), /trades or bars/],
    [label('--trades', trades, '--config', at('other.yaml')), /schema line 3\n[^\n]*90001[^\n]*\n[^\n]*90000/],
    [
      label('--trades', disorder, '--config', good),
      /disorder\.csv line 4 \(disorder\)\n {2}expected a trade not before/,
    ],
    [label('--trades', at('none*.parquet'), '--config', good), /a glob that matches files/],
    [
      ['label', '--rows', folder, '--trades', trades, '--config', good, '--out', at('bad/out')],
      /directory that build wrote/,
    ],
    [
      split('--labels', at('good.parquet'), '--config', file),
      /label\.method\n {2}expected atr[^\n]*\n {2}found {4}fixed/,
    ],
    [split('--labels', trades, '--config', good), /labels that label wrote/],
    [split('--labels', at('nowhere.parquet'), '--config', good), /nowhere.parquet[\s\S]*found +no such file/],
    [split('--config', good), /--labels/],
  ];
  const delayed = config('delayed.yaml', 'label: { method: horizon, after: 10, delay: 500ms }');
  const known = config('known.yaml', 'label: { method: fixed, target: 0.002, stop: 0.001, delay: 1s }');
  const late: typeof cases = [
    [label('--config', delayed), /expected trades or bars, which say what came after the rows/],
    [split('--labels', at('good.parquet'), '--config', known), /label\.delay\n {2}expected 1s[^\n]*\n {2}found {4}0/],
  ];
  for (const [args, message] of [...cases, ...late]) {
    const { status, stderr } = minotaur(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack trace');
  }
  assert.deepEqual(existsSync(at('bad')) ? readdirSync(at('bad')) : [], []);
});

test('trades that do not reach over the rows are refused', async () => {
  const good = config('cover.yaml', 'label: { method: fixed, target: 0.002, stop: 0.001 }');
  await writeTrades(at('short.parquet'), simulate({ trades: 30_000, seed: 5 }));
  const { status, stderr } = minotaur(
    'label',
    '--rows',
    rows,
    '--trades',
    at('short.parquet'),
    '--config',
    good,
    '--out',
    at('x.parquet'),
  );
  assert.equal(status, 2);
  assert.match(stderr, /trades\n {2}expected trades from 2024-.* or earlier to 2024-.* or later, as the rows/);
});

test('--help shows an example', () => {
  for (const command of ['label', 'split']) {
    const { status, stdout } = minotaur(command, '--help');
    assert.equal(status, 0);
    assert.match(stdout, /Examples?:\n {2}\$ npx minotaur/);
  }
});
