import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../base/random.ts';
import type { ConfigInput } from '../config/config.ts';
import { createEngine, planOf } from '../config/engine.ts';
import type { Trade } from '../trades/trade.ts';
import type { Engine } from './contract.ts';

const START = Date.parse('2024-06-10T11:58:00Z') * 1000;
const NOON = Date.parse('2024-06-10T12:00:00Z') * 1000;
const SPLIT = { time: '2024-06-10T12:00:00Z', factor: 10 } as const;
const RESET = { time: '2024-06-10T12:00:00Z', reset: true } as const;

const CLOCKS: ConfigInput['clocks'] = {
  short: { bars: 'dollar', threshold: 900 },
  medium: { from: 'short', count: 3 },
  tb: { bars: 'time', every: '7s' },
  long: { from: 'tb', every: '21s' },
  runs: { bars: 'tickRun', expectedTicks: 5 },
};
const FEATURES: ConfigInput['features'] = {
  short: ['close', 'volume', 'dollar_volume', 'ema(close, 3)', 'obv(close, volume)', 'ordinal'],
  medium: ['close', 'num_ticks', 'lag(close, 1)'],
  tb: ['close', 'volume', 'vwap', 'sma(close, 3)'],
  long: ['high', 'low', 'log_return(close)'],
  runs: ['close', 'taker_buy_volume'],
};

type Instruments = NonNullable<NonNullable<ConfigInput['instruments']>[string]>;

/** Rows as text, and the engine that they come of. */
function chain(input: Instruments, config: Partial<ConfigInput> = {}): { engine: Engine; rows: string[] } {
  const rows: string[] = [];
  const engine = createEngine(
    { clocks: CLOCKS, features: FEATURES, drive: 'short', instruments: { ES: input }, ...config },
    {
      onRows({ count, width, time, values, ready, complete }) {
        for (let r = 0; r < count; r++)
          rows.push([time[r], ready[r], complete[r], ...values.subarray(r * width, (r + 1) * width)].join());
      },
    },
  );
  return { engine, rows };
}

/** Trades around noon, some of them at noon itself. */
function tradesOf(seed: number, count = 300): Trade[] {
  const random = mulberry32(seed);
  let time = START;
  let ticks = 4000;
  return Array.from({ length: count }, (_, i) => {
    const next = time + (random() < 0.3 ? 0 : Math.floor(random() * 1_500_000));
    time = time < NOON && next > NOON ? NOON : next;
    if (random() < 0.6) ticks += Math.floor(random() * 21) - 10;
    const quantity = Math.ceil(random() * 64) / 8;
    return { time, id: i + 1, price: ticks / 64, quantity, buyerMaker: random() < 0.5 };
  });
}

/** The same market as a venue shows it that splits: prices are halved at noon, quantities twice as large. */
function split(trades: readonly Trade[], factor: number): Trade[] {
  return trades.map((t) => (t.time < NOON ? t : { ...t, price: t.price / factor, quantity: t.quantity * factor }));
}

test('behind a split rows are those of a market that did not split; before it they are what they were', () => {
  const trades = tradesOf(1);
  const plain = chain({});
  const adjusted = chain({ adjustments: [{ ...SPLIT, factor: 8 }] });
  for (const trade of trades) plain.engine.push(trade);
  for (const trade of split(trades, 8)) adjusted.engine.push(trade);
  assert.ok(plain.rows.length > 20);
  assert.deepEqual(adjusted.rows, plain.rows);
});

test('factors multiply, and a contract in quote units is scaled in its base', () => {
  const trades = tradesOf(2);
  const twice = [
    { time: '2024-06-10T12:00:00Z', factor: 4 },
    { time: '2024-06-10T12:00:00Z', factor: 2 },
  ];
  const one = chain({ adjustments: twice });
  const other = chain({ adjustments: [{ ...SPLIT, factor: 8 }] });
  for (const trade of split(trades, 8)) for (const { engine } of [one, other]) engine.push(trade);
  assert.deepEqual(one.rows, other.rows);
  const inverse = { contract: 'inverse', size: 100 } as const;
  const plain = chain(inverse);
  const adjusted = chain({ ...inverse, adjustments: [{ ...SPLIT, factor: 8 }] });
  for (const trade of trades) plain.engine.push(trade);
  // Contracts stay contracts.
  for (const t of trades) adjusted.engine.push(t.time < NOON ? t : { ...t, price: t.price / 8 });
  assert.deepEqual(adjusted.rows, plain.rows);
});

test('the range of prices is that of raw prices', () => {
  const { engine } = chain({ prices: { max: 100 }, adjustments: [SPLIT] });
  engine.push({ time: NOON, price: 99, quantity: 1 });
  assert.equal(engine.counts().trades, 1);
});

test('behind a reset rows are those of a chain that starts there, by whatever cuts, watermarks and snapshots', () => {
  for (const seed of [3, 4, 5]) {
    const trades = tradesOf(seed);
    const random = mulberry32(seed + 100);
    const input = { adjustments: [RESET] };
    const fresh = chain({});
    for (const trade of trades) if (trade.time >= NOON) fresh.engine.push(trade);
    const before = chain({});
    for (const trade of trades) if (trade.time < NOON) before.engine.push(trade);
    before.engine.advance(NOON);
    const whole = chain(input);
    for (const trade of trades) whole.engine.push(trade);
    const ofRows = (rows: readonly string[], from: number): string[] => rows.slice(from);
    assert.deepEqual(whole.rows.slice(0, before.rows.length), before.rows);
    assert.deepEqual(ofRows(whole.rows, before.rows.length), fresh.rows);
    assert.ok(before.rows.length > 5 && fresh.rows.length > 5);
    const live = chain(input);
    for (const trade of trades) {
      live.engine.push(trade);
      if (random() < 0.2) live.engine.restore(live.engine.snapshot());
      const next = trades.find(({ id }) => id === (trade.id as number) + 1);
      if (next !== undefined && random() < 0.5)
        live.engine.advance(trade.time + Math.floor(random() * (next.time - trade.time + 1)));
    }
    assert.deepEqual(live.rows, whole.rows);
  }
});

test('a watermark at the time of a reset resets nothing yet, one behind it does', () => {
  const { engine } = chain({ adjustments: [RESET] }, { drive: 'tb' });
  engine.push({ time: NOON - 1_000_000, price: 10, quantity: 1 });
  engine.advance(NOON);
  assert.equal(engine.counts().bars['tb'], 0);
  engine.advance(NOON + 60_000_000);
  // The interval that noon falls into has been dropped with what it held.
  assert.equal(engine.counts().bars['tb'], 0);
  engine.push({ time: NOON + 61_000_000, price: 10, quantity: 1 });
  engine.advance(NOON + 75_000_000);
  assert.equal(engine.counts().bars['tb'], 2);
});

test('by the tick rule the first trade behind a reset has no side', () => {
  const config = { clocks: { it: { bars: 'tick', threshold: 1 } }, features: { it: ['ofi'] }, drive: 'it' } as const;
  const { engine, rows } = chain({ adjustments: [RESET] }, { ...config, trades: { side: 'tickRule' } });
  engine.push({ time: NOON - 2, price: 10, quantity: 1 });
  engine.push({ time: NOON - 1, price: 11, quantity: 1 });
  engine.push({ time: NOON, price: 12, quantity: 1 });
  assert.deepEqual(
    rows.map((row) => row.split(',')[3]),
    ['NaN', '1', 'NaN'],
  );
});

test('given bars are scaled by when they open; of a reset they are dropped where they open before it and come behind it', () => {
  const given = {
    clocks: { bars: { bars: 'given' } },
    features: { bars: ['close', 'volume', 'dollar_volume'] },
  } as const;
  const bar = (open: number, available = open + 60_000_000) => ({
    open_time: open,
    close_time: open + 60_000_000,
    available_at: available,
    open: 10,
    high: 10,
    low: 10,
    close: 10,
    volume: 5,
    dollar_volume: 50,
  });
  const valuesOf = ({ rows }: { rows: string[] }): string[] => rows.map((row) => row.split(',').slice(3, 6).join());
  const scaled = chain({ adjustments: [{ ...SPLIT, factor: 2 }] }, { ...given, drive: 'bars' });
  for (const open of [NOON - 60_000_000, NOON]) scaled.engine.pushBar(bar(open));
  assert.deepEqual(valuesOf(scaled), ['10,5,50', '20,2.5,50']);
  const anew = chain({ adjustments: [RESET] }, { ...given, drive: 'bars' });
  anew.engine.pushBar(bar(NOON - 120_000_000));
  anew.engine.pushBar(bar(NOON - 60_000_000));
  anew.engine.pushBar(bar(NOON));
  assert.equal(anew.rows.length, 3);
  assert.equal(anew.engine.counts().bars['bars'], 1);
  const late = chain({ adjustments: [RESET] }, { ...given, drive: 'bars' });
  late.engine.pushBar(bar(NOON - 60_000_000, NOON + 1));
  assert.deepEqual([late.rows.length, late.engine.counts().invalid], [0, 1]);
});

test('a state goes on where later adjustments are added, and is refused where earlier ones differ', () => {
  const { engine } = chain({ adjustments: [{ ...SPLIT, factor: 2 }] });
  engine.push({ time: NOON, price: 10, quantity: 1 });
  const bytes = engine.snapshot();
  const later = { time: '2024-06-11', factor: 3 };
  chain({ adjustments: [{ ...SPLIT, factor: 2 }, later] }).engine.restore(bytes);
  assert.throws(
    () => chain({ adjustments: [SPLIT] }).engine.restore(bytes),
    /expected factor 10 at 2024-06-10T12:00:00.* before 2024-06-10T12:00:00.*, its newest event, found factor 2 at/,
  );
  assert.throws(() => chain({}).engine.restore(bytes), /expected no more adjustments before .*found factor 2/);
  const other = chain({ adjustments: [later] });
  assert.throws(() => other.engine.restore(bytes), /expected no more adjustments/);
});

test('late trades are of the basis that they are of, in any way of ordering them', () => {
  const trades = split(tradesOf(7), 8);
  const adjustments = [
    { ...SPLIT, factor: 8 },
    { time: '2024-06-10T12:00:20Z', reset: true as const },
  ];
  const policy = { trades: { reorder: { within: '5s' } } };
  const straight = chain({ adjustments }, policy);
  for (const trade of trades) straight.engine.push(trade);
  const random = mulberry32(8);
  const shuffled = trades
    .map((trade) => ({ trade, at: trade.time + random() * 3_000_000 }))
    .sort((a, b) => a.at - b.at)
    .map(({ trade }) => trade);
  const crooked = chain({ adjustments }, policy);
  for (const trade of shuffled) crooked.engine.push(trade);
  const end = trades[trades.length - 1].time + 10_000_000;
  for (const { engine } of [straight, crooked]) engine.advance(end);
  assert.ok(straight.rows.length > 20);
  assert.deepEqual(crooked.rows, straight.rows);
});

test('what is declared is checked, and stands beside the schema', () => {
  const clocks = { it: { bars: 'tick', threshold: 1 } } as const;
  const planned = (adjustments: unknown) =>
    planOf({ clocks, instruments: { ES: { adjustments, timeUnit: 's' } } } as ConfigInput);
  assert.equal(planned([SPLIT]).schema.id, planned([]).schema.id);
  assert.deepEqual(planned([{ time: '2024-06-10T11:59:59.5Z', factor: 2 }]).instruments[0].adjustments, [
    { time: NOON, factor: 2, reset: false },
  ]);
  assert.throws(() => planned([{ time: '2024-06-10' }]), /expected factor, or reset: true/);
  assert.throws(() => planned([{ time: 'noon', factor: 2 }]), /adjustments/);
  assert.throws(() => planned([{ time: '2024-06-10', factor: 0 }]), /factor/);
});
