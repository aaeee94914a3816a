import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idText, setId } from 'minotaur-core/internal/trades/id';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { EngineSinks } from 'minotaur-core/internal/chain/contract';
import { createEngine } from '../../node/engine.ts';
import type { RecordedEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, pickTrades, sliceTrades, tradeAt, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { all, check, config, COUNT, live, official, one, plain, recorded } from '../../../../../test/recorded.ts';
import { describeShadow } from './shadow.ts';
import { blockOf } from '../../../../../test/trades.ts';

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
      if (i % 97 === 0)
        assert.throws(() => engine.push({ ...tradeAt(official, i), id: 1e9 + i, time: official.time[0] }), /disorder/);
    }
    const state = engine.snapshot();
    one(engine, official, 4000, 4500);
    engine.restore(state);
    const broken = pickTrades(official, [...all.slice(4000, 4400), 0, ...all.slice(4400, 4500)]);
    setId(broken.id, 400, 2e9);
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
  const other = pickTrades(official, rows);
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
    [3000, 3001, 4000].map((i) => idText(official.id, i)),
  );
  assert.equal(data.examples.duplicated[0].id, idText(official.id, rows[3400]));
  assert.equal(data.examples.duplicated[0].trade, 3500);
  const [revised] = data.examples.revised;
  assert.equal(revised.id, idText(official.id, rows[5000]));
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
    /code: none\ndata: 3 missed, 1 duplicated, 1 reordered, 1 revised \(price 1\) trades; changed \d+ of \d+ rows/,
  );
});

test('the rows that data changed are those that differ between both builds', async () => {
  const other = copyTrades(official);
  other.quantity[3000] *= 1.5;
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
  assert.deepEqual(data?.revisedFields, { quantity: 1 });
});

test('trades without ids, all or some, are told by their values', async () => {
  for (const from of [0, 1]) {
    const [nameless, received] = [
      copyTrades(official),
      pickTrades(
        official,
        all.filter((i) => i !== 2500),
      ),
    ];
    for (const { id, length } of [nameless, received]) for (let i = from; i < length; i++) setId(id, i, undefined);
    const { data } = await check(live(received), nameless);
    const none = { duplicated: 0, reordered: 0, revised: 0, unknown: 0 };
    assert.deepEqual(data?.counts, { missed: 1, ...none });
    assert.equal(data?.examples.missed[0].time, official.time[2500]);
  }
});

test('given bars beside trades: rebuilt as they came, and placed among the trades of the venue', async () => {
  const clocks = { short: config.clocks['short'], daily: { bars: 'given' } } as const;
  const mixed: ConfigInput = { clocks, drive: 'short', features: { short: ['close'], daily: ['close', 'volume'] } };
  const make = (sinks: EngineSinks) => createEngine(mixed, sinks);
  const drive = (engine: RecordedEngine, block: TradeBlock): void => {
    for (let i = 0; i < block.length; i++) {
      const time = block.time[i];
      if (i % 500 === 499) {
        const bar = { open_time: time - 1000, close_time: time, open: 1, high: 3, low: 0.5, close: 2, volume: i };
        engine.pushBar(bar, { clock: 'daily', arrival: time + 10 });
        // A bar that steps back in time is refused, and the session goes on.
        assert.throws(() => engine.pushBar({ ...bar, close_time: time - 500 }), /daily|advance/);
      }
      one(engine, block, i, i + 1);
    }
    engine.stop();
  };
  const sound = await check(
    recorded(
      (engine) => drive(engine, official),
      () => make,
    ),
    official,
    make,
  );
  assert.ok(sound.holds, describeShadow(sound).join('\n'));
  assert.ok(sound.code.counts.rows > 50);
  const other = pickTrades(
    official,
    all.filter((i) => i !== 3100),
  );
  const outcome = await check(
    recorded(
      (engine) => drive(engine, other),
      () => make,
    ),
    official,
    make,
  );
  assert.equal(outcome.code.differences, 0);
  assert.equal(outcome.data?.counts.missed, 1);
  assert.ok((outcome.data?.effect.changed ?? 0) > 0);
  assert.ok((outcome.data?.effect.first?.time as number) >= official.time[3100]);
});

/** Without ids nobody but the venue can know that trades are missing. */
function withoutIds(block: TradeBlock): TradeBlock {
  const copy = copyTrades(block);
  for (let i = 0; i < copy.length; i++) setId(copy.id, i, undefined);
  return copy;
}

test('trades that only the venue has are holes, and the rows that should have been incomplete are named', async () => {
  const missing = new Set([3000, 3001, 3002, 4500]);
  const known = withoutIds(official);
  const received = pickTrades(
    known,
    all.filter((i) => !missing.has(i)),
  );
  const { data, holds, code } = await check(live(received), known);
  assert.ok(!holds);
  assert.equal(code.differences, 0);
  assert.deepEqual(
    data?.holes.map(({ from, to, missing: count, known: by }) => [from, to, count, by]),
    [
      [official.time[2999], official.time[3003], 3, null],
      [official.time[4499], official.time[4501], 1, null],
    ],
  );
  // What the same session would have said, had its feed known.
  const incomplete: number[] = [];
  let ordinal = 0;
  const told = plain({
    onRows: ({ count, complete }) => {
      for (let r = 0; r < count; r++, ordinal++) if (complete[r] === 0) incomplete.push(ordinal);
    },
  });
  for (let i = 0; i < COUNT; i++) {
    if (i === 3003 || i === 4501) told.hole({ from: official.time[i === 3003 ? 2999 : 4499], to: official.time[i] });
    if (!missing.has(i)) told.push(tradeAt(known, i));
  }
  assert.ok(incomplete.length > 5);
  const touched = data?.touched.flatMap(({ epoch, from, to }) => {
    assert.equal(epoch, 0);
    return Array.from({ length: to - from }, (_, i) => from + i);
  });
  assert.deepEqual(touched, incomplete);
  assert.match(
    describeShadow(await check(live(received), known)).join('\n'),
    /rows that should have been incomplete: \d+ to \d+/,
  );
});

test('a declared hole is no difference: compared up to it, and again once bars of time are complete', async () => {
  const byTime: ConfigInput = {
    clocks: { '10s': { bars: 'time', every: '10s' } },
    features: { '10s': ['close', 'sma(close, 3)', 'ema(close, 3)'] },
  };
  for (const [chain, again] of [
    [byTime, true],
    [config, false],
  ] as const) {
    const make = (sinks: EngineSinks) => createEngine(chain, sinks);
    const path = recorded(
      (engine) => {
        one(engine, official, 0, 3000);
        engine.hole({ from: official.time[2999], to: official.time[3050], missing: 50 });
        one(engine, official, 3050, COUNT);
        engine.stop();
      },
      () => make,
    );
    const outcome = await check(path, official, make);
    assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
    const { data, code } = outcome;
    assert.equal(code.counts.holes, 2, 'the one that was declared, and the ids that show it');
    assert.equal(data?.declared, 50);
    assert.deepEqual(data.touched, []);
    const { effect } = data;
    assert.ok(effect.leftOut > 0 && effect.rows > 0);
    assert.deepEqual([effect.changed, effect.lost], [0, 0]);
    // An average that fades (ema, rsi) remembers the hole in its last bits; bars by dollars are never history's again.
    assert.equal(effect.columnsLeftOut, 1);
    assert.ok(
      again ? effect.leftOut < 120 : effect.leftOut > code.counts.rows * 0.4,
      `${effect.leftOut} of ${code.counts.rows}`,
    );
    assert.match(
      describeShadow(outcome).join('\n'),
      /50 trades are missing in holes that were declared: \d+ rows were left out/,
    );
  }
});

test('what was refused, and what never was an event, is data: counted, not used, no difference', async () => {
  const path = recorded((engine) => {
    one(engine, official, 0, 2000);
    const early = { ...tradeAt(official, 2000), time: official.time[2000] + 3_600_000_000 };
    assert.throws(() => engine.push(early, { arrival: official.time[2000] }), /10 s after its arrival/);
    assert.throws(() => engine.push(null as never), /expected a trade/);
    assert.throws(() => engine.push(tradeAt(official, 2000), { instrument: 'ANOTHER' }), /ANOTHER/);
    assert.throws(() => engine.push(blockOf([]), { instrument: 'ANOTHER' }), /ANOTHER/);
    one(engine, official, 2000, COUNT);
    engine.stop();
  });
  const outcome = await check(path, official);
  assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
  const { refused, noEvents } = outcome.code.counts;
  assert.deepEqual({ refused, noEvents }, { refused: 1, noEvents: 3 });
  assert.equal(outcome.data?.refused, 1);
});
