import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from 'minotaur-core/internal/features/contract/operator';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { EngineSinks, EventFacts } from 'minotaur-core/internal/chain/contract';
import { createEngine } from '../../node/engine.ts';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { pickTrades, type Trade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { all, check, config, COUNT, official, one, recorded } from '../../../../../test/recorded.ts';
import { blockOf } from '../../../../../test/trades.ts';
import { changeRows, changeTrades, copyRows, type Wrap } from '../faults/wrap.ts';

/** Faults of the live code, and what of the journal shows them. */
const faults: readonly (readonly [name: string, wrap: Wrap, shows: RegExp])[] = [
  [
    'a trade that the chain gets twice',
    changeTradesOf((block) =>
      idNumber(block.id, 0) === 3000 ? pickTrades({ ...block, id: new Uint32Array(4).fill(-1) }, [0, 0]) : undefined,
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
        onRows(rows) {
          const copy = copyRows(rows);
          late.push(() => sinks.onRows?.(copy));
        },
      });
      return {
        ...engine,
        push(trades, facts) {
          for (const emit of late.splice(0)) emit();
          engine.push(trades, facts);
        },
      };
    },
    /row 0 came after another event than trade \d+, which completes it/,
  ],
  [
    'a snapshot that is not the state',
    (inner) => (sinks) => {
      const engine = inner(sinks);
      return {
        ...engine,
        snapshot() {
          const bytes = engine.snapshot();
          // The doubles stand before the words of ids; see snapshot.ts.
          const words = 4 * new DataView(bytes.buffer).getUint32(24, true);
          const values = new Float64Array(bytes.buffer, bytes.length - words - 800, 100);
          values[values.findIndex((value) => value > 1)] += 1;
          return bytes;
        },
      };
    },
    /the engine's state, slot \d+ of \d+: expected .* \(0x[0-9a-f]+\), found/,
  ],
  [
    'a trade that the live code refuses',
    changeTradesOf((block) => {
      if (idNumber(block.id, 0) === 3000) throw new Error('a socket closed');
    }),
    /the session refused an event that history takes: a socket closed/,
  ],
];

function changeTradesOf(change: (block: TradeBlock) => TradeBlock | void): Wrap {
  const wrap = changeTrades(change);
  return (inner) => (sinks) => {
    const engine = wrap(inner)(sinks);
    const push = (trades: Trade | TradeBlock, facts?: EventFacts): void =>
      engine.push('length' in trades ? trades : blockOf([trades]), facts);
    return { ...engine, push };
  };
}

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
  const other = pickTrades(
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
