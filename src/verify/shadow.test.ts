import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createJournal } from '../io/journal-writer.ts';
import { openJournal } from '../io/journal-reader.ts';
import type { Recorder } from '../live/record.ts';
import { recordEngine, type RecordedEngine } from '../live/recording.ts';
import type { ConfigInput } from '../pipeline/config.ts';
import { createEngine, type EngineSinks } from '../pipeline/engine.ts';
import { operator } from '../features/operator.ts';
import { sliceTrades, type Trade, type TradeBlock } from '../trades/trade.ts';
import { copyTrades } from './feed.ts';
import { market } from './market.ts';
import { around, changeRows, changeTrades, type Wrap } from './wrap.ts';
import { collectReceived } from './shadow-data.ts';
import { describeShadow, shadow, type ShadowResult } from './shadow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-shadow-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const config: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 2_000_000 },
    medium: { from: 'short', count: 3 },
    '1min': { bars: 'time', every: '1min' },
  },
  features: {
    short: ['close', 'sma(close, 5)', 'trade_imbalance'],
    medium: ['close'],
    '1min': ['volume', 'rsi(close, 3)'],
  },
};
const plain = (sinks: EngineSinks) => createEngine(config, sinks);
const COUNT = 6000;
const official = market(COUNT, 5);

function tradeOf(block: TradeBlock, i: number): Trade {
  const { time, id, price, quantity, quoteQuantity, side } = block;
  const of = { time: time[i], id: id[i], price: price[i], quantity: quantity[i], quoteQuantity: quoteQuantity[i] };
  return { ...of, buyerMaker: side[i] < 0 };
}

/** Records a session that `drive` feeds; the chain is wrapped inside the recorder, as a fault of the live code would be. */
function recorded(drive: (engine: RecordedEngine, recorder: Recorder) => void, wrap: Wrap = (make) => make): string {
  const path = join(folder, String(++made));
  const recorder = createJournal(path, { engineVersion: 'test' });
  const engine = recordEngine(recorder, (sinks) => wrap(plain)(sinks));
  drive(engine, recorder);
  recorder.flush();
  return path;
}

const one = (engine: RecordedEngine, block: TradeBlock, from = 0, to = block.length): void => {
  for (let i = from; i < to; i++) engine.push(tradeOf(block, i), undefined, block.time[i] + 1500);
};

const live = (block: TradeBlock, wrap?: Wrap): string =>
  recorded((engine) => {
    one(engine, block, 0, 2000);
    engine.snapshot();
    one(engine, block, 2000, block.length);
    engine.snapshot();
    engine.stop();
  }, wrap);

function check(path: string, venue?: TradeBlock, make = plain): Promise<ShadowResult> {
  const entries = () => openJournal(path).records();
  const received = venue && { received: collectReceived(entries()), official: venue };
  return shadow({ entries: entries(), make, venue: received });
}

/** The same trades in other rows: `rows` holds the row of each. */
function arranged(block: TradeBlock, rows: readonly number[]): TradeBlock {
  const other = copyTrades(block);
  const grown = rows.length > block.length ? copyTrades({ ...block, length: block.length }, block.length) : other;
  const columns = Object.fromEntries(
    (['time', 'id', 'price', 'quantity', 'quoteQuantity', 'side'] as const).map((name) => [
      name,
      Float64Array.from(rows, (row) => block[name][row]),
    ]),
  );
  return { ...grown, ...columns, length: rows.length } as TradeBlock;
}

const all = Array.from({ length: COUNT }, (_, i) => i);

test('a sound session holds: rows, snapshots, and the trades of the venue', async () => {
  const outcome = await check(live(official), official);
  assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
  const { rows, trades, snapshots } = outcome.code.counts;
  assert.ok(rows > 100, String(rows));
  assert.deepEqual({ trades, snapshots }, { trades: COUNT, snapshots: 2 });
  assert.equal(outcome.data?.official, COUNT);
  assert.deepEqual(describeShadow(outcome), ['code: none', 'data: none']);
});

test('watermarks, blocks of history, refused trades and a restore are rebuilt as they were', async () => {
  const path = recorded((engine) => {
    engine.push(sliceTrades(official, 0, 3000));
    for (let i = 3000; i < 4000; i++) {
      if (i % 50 === 0) engine.advance(official.time[i]);
      one(engine, official, i, i + 1);
      // Steps back in time: the chain rejects it, and the session goes on.
      if (i % 97 === 0) assert.throws(() => engine.push({ ...tradeOf(official, i), id: 1e9 + i, time: 1 }), /disorder/);
    }
    const state = engine.snapshot();
    one(engine, official, 4000, 4500);
    engine.restore(state);
    const broken = arranged(official, [...all.slice(4000, 4400), 0, ...all.slice(4400, 4500)]);
    broken.id[400] = 2e9;
    assert.throws(() => engine.push(broken), /disorder/);
    one(engine, official, 4400, 5000);
    engine.stop();
    one(engine, official, 5000, COUNT);
    engine.stop();
  });
  const outcome = await check(path);
  assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
  assert.equal(outcome.code.counts.sessions, 3);
});

test('missed, duplicated, reordered and revised trades are data, each counted, named and measured in rows', async () => {
  const rows = all.filter((i) => i !== 3000 && i !== 3001 && i !== 4000);
  rows.splice(3500, 0, rows[3400]);
  const swap = rows.findIndex((row, at) => at > 4500 && official.time[row] === official.time[rows[at + 1]]);
  [rows[swap], rows[swap + 1]] = [rows[swap + 1], rows[swap]];
  const other = arranged(official, rows);
  other.price[5000] += 0.01;
  const tolerant: ConfigInput = { ...config, trades: { disorder: 'keep' } };
  const make = (sinks: EngineSinks) => createEngine(tolerant, sinks);
  const outcome = await check(
    live(other, () => make),
    official,
    make,
  );
  assert.equal(outcome.code.differences, 0, describeShadow(outcome).join('\n'));
  assert.ok(!outcome.holds);
  const { data } = outcome;
  assert.ok(data);
  assert.deepEqual(data.counts, { missed: 3, duplicated: 1, reordered: 1, revised: 1, unknown: 0 });
  assert.deepEqual(
    data.examples.missed.map(({ id }) => id),
    [official.id[3000], official.id[3001], official.id[4000]],
  );
  assert.equal(data.examples.duplicated[0].id, official.id[rows[3400]]);
  assert.equal(data.examples.duplicated[0].trade, 3500);
  const [revised] = data.examples.revised;
  assert.equal(revised.id, official.id[rows[5000]]);
  assert.deepEqual(
    revised.fields,
    [{ field: 'price', expected: other.price[5000] - 0.01, found: other.price[5000] }].map((f) => ({
      ...f,
      expected: official.price[rows[5000]],
    })),
  );
  assert.ok(data.effect.changed > 0 && data.effect.changed < data.effect.rows, JSON.stringify(data.effect));
  // Nothing before the first difference changed.
  assert.ok((data.effect.first?.time as number) >= official.time[3000]);
  const text = describeShadow(outcome).join('\n');
  assert.match(
    text,
    /code: none\ndata: 3 missed, 1 duplicated, 1 reordered, 1 revised \(price 1\) trades changed \d+ of \d+ rows/,
  );
});

test('the rows that data changed are those that differ between both builds', async () => {
  const other = copyTrades(official);
  other.quantity[3000] *= 1.5;
  other.quoteQuantity[3000] *= 1.5;
  const rowsOf = (block: TradeBlock): Map<number, string> => {
    const rows = new Map<number, string>();
    const engine = plain({
      onRows({ count, width, time, values }) {
        for (let r = 0; r < count; r++) rows.set(time[r], values.slice(r * width, (r + 1) * width).join());
      },
    });
    engine.push(block);
    return rows;
  };
  const [a, b] = [rowsOf(official), rowsOf(other)];
  const changed = [...b].filter(([time, values]) => a.get(time) !== values).length;
  const lost = [...a].filter(([time]) => !b.has(time)).length;
  const { data } = await check(live(other), official);
  assert.ok(changed > 0);
  assert.deepEqual([data?.effect.rows, data?.effect.changed, data?.effect.lost], [b.size, changed, lost]);
  assert.deepEqual(data?.revisedFields, { quantity: 1, quoteQuantity: 1 });
});

test('trades without ids are told by their values', async () => {
  const [nameless, received] = [
    copyTrades(official),
    arranged(
      official,
      all.filter((i) => i !== 2500),
    ),
  ];
  nameless.id.fill(NaN);
  received.id.fill(NaN);
  const outcome = await check(live(received), nameless);
  assert.equal(outcome.data?.counts.missed, 1);
  assert.equal(outcome.data?.examples.missed[0].time, official.time[2500]);
  assert.deepEqual(outcome.data?.counts, { missed: 1, duplicated: 0, reordered: 0, revised: 0, unknown: 0 });
});

/** Faults of the live code, and what of the journal shows them. */
const faults: readonly (readonly [name: string, wrap: Wrap, shows: RegExp])[] = [
  [
    'a trade that the chain gets twice',
    changeTradesOf((block) =>
      block.id[0] === 3000 ? arranged({ ...block, id: Float64Array.of(NaN) }, [0, 0]) : undefined,
    ),
    /rows? |state/,
  ],
  [
    'float32 prices',
    changeTradesOf((block) => void (block.price[0] = Math.fround(block.price[0]))),
    /row 0 has other bits/,
  ],
  [
    'one value of one row by one unit in the last place',
    changeRows((rows) => {
      for (let r = 0; r < rows.count; r++)
        if (rows.time[r] > official.time[3000]) rows.values[r * rows.width + 1] *= 1 + 2 ** -52;
    }),
    /row \d+ has other bits/,
  ],
  [
    'a row that is lost',
    (inner) => (sinks) => {
      let n = 0;
      return inner({ ...sinks, onRows: (rows) => (++n === 40 ? undefined : sinks.onRows?.(rows)) });
    },
    /completes a row, at .*, that the session did not emit/,
  ],
  [
    'a row that comes twice',
    (inner) => (sinks) => {
      let n = 0;
      return inner({
        ...sinks,
        onRows(rows) {
          sinks.onRows?.(rows);
          if (++n === 40) sinks.onRows?.(rows);
        },
      });
    },
    /that history does not have/,
  ],
  [
    'rows that come one trade late',
    (inner) => (sinks) => {
      const late: (() => void)[] = [];
      const engine = inner({
        ...sinks,
        onRows({ count, width, time, values, ready }) {
          const copy = { count, width, time: time.slice(), values: values.slice(), ready: ready.slice() };
          late.push(() => sinks.onRows?.(copy));
        },
      });
      return around(engine, {
        push(trades, place) {
          for (const emit of late.splice(0)) emit();
          engine.push(trades, place);
        },
      });
    },
    /row 0 came after another event than trade \d+, which completes it/,
  ],
  [
    'a snapshot that is not the state',
    (inner) => (sinks) => {
      const engine = inner(sinks);
      return around(engine, {
        snapshot() {
          const bytes = engine.snapshot();
          const values = new Float64Array(bytes.buffer, bytes.length - 800);
          values[values.findIndex((value) => value > 1)] += 1;
          return bytes;
        },
      });
    },
    /the engine's state, slot \d+ of \d+: expected .* \(0x[0-9a-f]+\), found/,
  ],
  [
    'a trade that the live code refuses',
    changeTradesOf((block) => {
      if (block.id[0] === 3000) throw new Error('a socket closed');
    }),
    /the session refused an event that history takes: a socket closed/,
  ],
];

function changeTradesOf(change: (block: TradeBlock) => TradeBlock | void): Wrap {
  const wrap = changeTrades(change);
  return (inner) => (sinks) => {
    const engine = wrap(inner)(sinks);
    const push = (trades: Trade | TradeBlock, place?: (row: number) => string): void =>
      engine.push('length' in trades ? trades : sliceTrades(asBlock(trades), 0, 1), place);
    return around(engine, { push });
  };
}

const asBlock = (trade: Trade): TradeBlock => ({
  length: 1,
  time: Float64Array.of(trade.time),
  id: Float64Array.of(trade.id ?? NaN),
  price: Float64Array.of(trade.price),
  quantity: Float64Array.of(trade.quantity),
  quoteQuantity: Float64Array.of(trade.quoteQuantity ?? NaN),
  side: Float64Array.of(trade.buyerMaker ? -1 : 1),
});

for (const [name, wrap, shows] of faults) {
  test(`code: ${name}`, async () => {
    const path = recorded((engine) => {
      for (let i = 0; i < COUNT; i++) {
        try {
          one(engine, official, i, i + 1);
        } catch {
          // A session that goes on after an error of its own.
        }
        if (i === 4000) engine.snapshot();
      }
      engine.stop();
    }, wrap);
    const outcome = await check(path, official);
    assert.ok(!outcome.holds);
    assert.ok(outcome.code.differences > 0);
    assert.match(outcome.code.first?.message ?? '', shows);
    assert.match(outcome.code.first?.segment ?? '', /00000001\.journal/);
    assert.equal(outcome.data?.differences, 0, 'the trades are those of the venue');
  });
}

test('code: an operator that reads a hidden global', async () => {
  let hidden = 0;
  const moody = operator({
    name: 'moody',
    family: 'own',
    version: 1,
    summary: 's',
    formula: 'f',
    source: 's',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    history: () => 0,
    slots: () => 0,
    run: ({ in: [x], out: [out] }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] + hidden;
    },
  });
  const own: ConfigInput = { ...config, features: { short: ['close', 'moody(close)'] }, operators: [moody] };
  const make = (sinks: EngineSinks) => createEngine(own, sinks);
  const path = recorded(
    (engine) => {
      one(engine, official, 0, 3000);
      hidden = 0.5;
      one(engine, official, 3000, COUNT);
      engine.stop();
    },
    () => make,
  );
  hidden = 0;
  const outcome = await check(path, undefined, make);
  const { first } = outcome;
  assert.ok(first !== null && 'feature' in first);
  assert.match(first.feature, /moody/);
  assert.equal(first.found - first.expected, 0.5);
  assert.ok(first.trade >= 3000 && first.trade < 3200, String(first.trade));
});

test('a session that was cut off owes nothing; one that stopped owes its rows', async () => {
  const running = recorded((engine) => one(engine, official));
  const outcome = await check(running, official);
  assert.ok(outcome.holds);
  assert.equal(outcome.code.counts.cutSessions, 1);
});

test('data and code together are told apart', async () => {
  const other = arranged(
    official,
    all.filter((i) => i !== 1000),
  );
  const wrap = changeRows((rows) => {
    for (let r = 0; r < rows.count; r++) if (rows.time[r] > official.time[5000]) rows.values[r * rows.width] += 1;
  });
  const path = recorded((engine) => (one(engine, other), engine.stop()), wrap);
  const outcome = await check(path, official);
  assert.equal(outcome.data?.counts.missed, 1);
  assert.ok(outcome.code.counts.rowsDiffer > 0);
  assert.ok(outcome.code.counts.rowsDiffer < outcome.code.counts.rows / 2);
});
