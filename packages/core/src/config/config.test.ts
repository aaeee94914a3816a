import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feature, ops, column, range } from '../features/builder.ts';
import { groups } from '../features/groups.ts';
import { parseConfig, type ConfigInput } from './config.ts';
import { createPlan } from '../chain/plan.ts';

const short = { bars: 'dollar', threshold: 1000 } as const;
const imbalance = { bars: 'dollarImbalance', expectedTicks: 1000 } as const;
const minute = { bars: 'time', every: '1min' } as const;
const plan = (config: ConfigInput): ReturnType<typeof createPlan> => createPlan(parseConfig(config));

const refusals: readonly [string, unknown, RegExp][] = [
  [
    'an unknown key with the nearest',
    { clocks: { a: { ...short, treshold: 1 } } },
    /clocks\.a: expected a known key, found 'treshold' \(did you mean 'threshold'\?\)/,
  ],
  ['an unknown key at the top', { clock: {} }, /'clock' \(did you mean 'clocks'\?\)/],
  ['a wrong kind', { clocks: { a: { bars: 'doller', threshold: 1 } } }, /clocks\.a/],
  [
    'a word for both sides',
    { clocks: {}, instruments: { X: { sides: { buy: ['ask'], sell: ['ASK'] } } } },
    /instruments\.X\.sides: expected words of which none is in two lists/,
  ],
  ['a span that is none', { clocks: { a: { bars: 'time', every: '1 fortnight' } } }, /span such as 500ms, 30s/],
  [
    'an imbalance bar without a length to begin with',
    { clocks: { a: { bars: 'tickRun' } } },
    /clocks\.a\.expectedTicks: expected a number, found nothing/,
  ],
  ['no trade at all to expect', { clocks: { a: { ...imbalance, expectedTicks: 0 } } }, /clocks\.a\.expectedTicks/],
  [
    'part of a trade',
    { clocks: { a: { ...imbalance, minTicks: 1.5 } } },
    /clocks\.a\.minTicks: expected a whole number, found 1.5/,
  ],
  ['a span below 1', { clocks: { a: { ...imbalance, ticksWindow: 0.5 } } }, /clocks\.a\.ticksWindow/],
  [
    'a least length above the first',
    { clocks: { a: { ...imbalance, minTicks: 1001 } } },
    /minTicks of at most expectedTicks/,
  ],
  [
    'a greatest length below the first',
    { clocks: { a: { ...imbalance, maxTicks: 999 } } },
    /maxTicks of at least expectedTicks/,
  ],
  [
    'the threshold of another kind',
    { clocks: { a: { ...imbalance, threshold: 5 } } },
    /clocks\.a: expected a known key, found 'threshold'/,
  ],
  ['two ways to count', { clocks: { a: short, b: { from: 'a', count: 2, volume: 3 } } }, /exactly one of count/],
  [
    'two ways to end',
    { clocks: { minute, b: { from: 'minute', count: 2, every: '5min' } } },
    /clocks\.b: expected exactly one of count, dollarVolume, volume, every/,
  ],
  [
    'a length that holds no whole number of bars',
    { clocks: { minute, b: { from: 'minute', every: '90s' } } },
    /clocks\.b\.every: expected a multiple of 1min, as 'minute' has, found '90s'/,
  ],
  [
    'a length that holds no bar at all',
    { clocks: { minute, b: { from: 'minute', every: '30s' } } },
    /clocks\.b\.every: expected a multiple of 1min/,
  ],
  [
    'an interval of bars that end anywhere',
    { clocks: { short, b: { from: 'short', every: '5min' } } },
    /clocks\.b\.from: expected a clock of time bars or given bars, as every is set, found 'short'/,
  ],
  [
    'an interval of counted bars',
    { clocks: { minute, b: { from: 'minute', count: 2 }, c: { from: 'b', every: '5min' } } },
    /clocks\.c\.from: expected a clock of time bars/,
  ],
  [
    'an overshoot of an interval',
    { clocks: { minute, b: { from: 'minute', every: '5min', overshoot: 'carry' } } },
    /clocks\.b: expected empty with every only, and overshoot without it/,
  ],
  [
    'a length that is none',
    { clocks: { minute, b: { from: 'minute', every: 'five' } } },
    /clocks\.b\.every: expected a span such as 500ms, 30s/,
  ],
  [
    'empty intervals of a count',
    { clocks: { short, b: { from: 'short', count: 2, empty: 'skip' } } },
    /empty with every only/,
  ],
  ['a child before its parent', { clocks: { b: { from: 'a', count: 2 }, a: short } }, /a clock defined before it/],
  ['a drive that is no clock', { clocks: { short }, drive: 'shrot' }, /did you mean 'short'/],
  ['features of no clock', { clocks: { short }, features: { long: [] } }, /features\.long/],
  [
    'an unknown operator',
    { clocks: { short }, features: { short: ['smaa(close, 3)'] } },
    /'smaa' \(did you mean 'sma'\?\)/,
  ],
  [
    'an unknown column',
    { clocks: { short }, features: { short: ['sma(clos, 3)'] } },
    /'clos' \(did you mean 'close'\?\)/,
  ],
  [
    'a parameter out of range',
    { clocks: { short }, features: { short: ['sma(close, 0)'] } },
    /period of sma to be an integer from 1/,
  ],
  ['too few arguments', { clocks: { short }, features: { short: ['sma(close)'] } }, /expected sma\(x, period\)/],
  [
    'one name twice',
    { clocks: { short }, features: { short: ['sma(close, 3)', 'sma(open, 3)'] } },
    /'sma_3', which 'sma\(close, 3\)' has already/,
  ],
  [
    'arithmetic without a name',
    { clocks: { short }, features: { short: ['close - open'] } },
    /a name \(`\.\.\. as name`\)/,
  ],
  ['an unknown preset', { clocks: { short }, features: { short: [{ preset: 'price' }] } }, /did you mean 'prices'/],
  [
    'equal suffixes',
    { clocks: { a: { ...short, suffix: '_x' }, b: { ...short, suffix: '_x' } } },
    /column names that differ/,
  ],
];
for (const [what, config, message] of refusals) {
  test(`refuses ${what}`, () => assert.throws(() => plan(config as ConfigInput), message));
}

test('the builder gives the schema that the text gives', () => {
  const text = plan({
    clocks: { short },
    features: { short: ['ema(close, 12) as trend', 'lag(log_return(close), 1..5)', '(high - low) / low as hl'] },
  });
  const built = plan({
    clocks: { short },
    features: {
      short: [
        feature(ops.ema(column('close'), 12), 'trend'),
        feature(ops.lag(ops.logReturn(column('close')), range(1, 5))),
        feature(ops.div(ops.sub(column('high'), column('low')), column('low')), 'hl'),
      ],
    },
  });
  assert.deepEqual(built.schema, text.schema);
});

test('the same expression is one node, whoever asks for it', () => {
  const { clocks } = plan({
    clocks: { short },
    features: { short: ['ema(close, 12) as a', 'ema(close, 12) as b', 'sma(ema(close, 12), 3) as c'] },
  });
  assert.equal(clocks[0].graph.nodes.length, 2);
});

for (const preset of Object.keys(groups)) {
  test(`the group ${preset} can be used by itself, on bars of trades and on bars of bars`, () => {
    const clocks = { short, long: { from: 'short', count: 2 } };
    const { columns } = plan({ clocks, features: { short: [{ preset }], long: [{ preset }] } });
    assert.ok(columns.length > 4);
  });
}

test('the preset has every name once, with one suffix', () => {
  const { columns } = createPlan(parseConfig('minotaur'));
  assert.equal(new Set(columns).size, columns.length);
  const suffixes = ['_db_s', '_db_m', '_db_l', '_tb_1min', '_tb_15min', '_tb_4hour'];
  for (const name of columns) assert.equal(suffixes.filter((s) => name.endsWith(s)).length, 1, name);
  for (const name of [
    'rsi_14_db_s',
    'macd_hist_db_l',
    'bbands_upper_20_db_m',
    'log_return_close_lag_5_db_s',
    'wick_vs_range_tb_4hour',
    'constituent_bar_count_db_m',
  ]) {
    assert.ok(columns.includes(name), name);
  }
});

test('what changes bits changes the schema id; what does not, does not', () => {
  const base = plan({ clocks: { short } }).schema.id;
  assert.notEqual(plan({ clocks: { short: { ...short, threshold: 1001 } } }).schema.id, base);
  assert.notEqual(plan({ clocks: { short }, trades: { side: 'tickRule' } }).schema.id, base);
  assert.equal(plan({ clocks: { short }, symbol: 'ETHUSDT' }).schema.id, base);
});

test('every parameter of an imbalance bar is in the schema, defaults written out', () => {
  const lines = (settings: object): string =>
    plan({ clocks: { it: { ...imbalance, ...settings } } }).schema.lines.find((line) => line.startsWith('clock')) ?? '';
  const defaults = { ticksWindow: 20, imbalanceWindow: 1000, minTicks: 250, maxTicks: 4000, anchor: 'none' };
  const text = Object.entries(defaults).map(([name, value]) => `${name} ${value}`);
  assert.equal(lines({}), `clock it: dollarImbalance, expectedTicks 1000, ${text.join(', ')}`);
  assert.equal(lines(defaults), lines({}));
  const others = {
    expectedTicks: 1001,
    ticksWindow: 21,
    imbalanceWindow: 1.5,
    minTicks: 1,
    maxTicks: 4001,
    anchor: 'day',
  };
  for (const [name, value] of Object.entries(others)) assert.notEqual(lines({ [name]: value }), lines({}), name);
});

test('the length of time bars of time bars, and what empty ones give, is in the schema', () => {
  const id = (settings: object): string =>
    plan({ clocks: { minute, b: { from: 'minute', every: '5min', ...settings } } }).schema.id;
  assert.equal(id({ every: '300s', empty: 'carry' }), id({}));
  assert.notEqual(id({ every: '10min' }), id({}));
  assert.notEqual(id({ empty: 'skip' }), id({}));
});
