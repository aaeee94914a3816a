/** The order check knows what ids are good for: it holds on sound trades of every kind, and finds in each what can be found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import { idNumber, setId, type TradeId } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { duplicatesKeptLive } from '../faults/chain/duplicates-kept-live.ts';
import { lateTradeSilent } from '../faults/chain/late-trade-silent.ts';
import { plantWrap, type Fault } from '../faults/fault.ts';
import { changeTrades } from '../faults/wrap.ts';
import { contextOver } from '../over-trades.ts';
import { market } from '../self-test/market.ts';
import { order } from './order.ts';
import { SPOILS, type Way } from './spoil.ts';

/** Ids of an instrument, and what can be put into its trades. */
interface Case {
  readonly instrument: InstrumentInput;
  readonly idOf: (i: number) => TradeId | undefined;
  readonly ways: readonly Way[];
}

const dense = (i: number): TradeId => i + 1;
const uuid = (i: number): TradeId => (i * 2_654_435_761).toString(16).padStart(32, '0');
const CASES: Readonly<Record<string, Case>> = {
  dense: { instrument: { ids: 'dense' }, idOf: dense, ways: SPOILS },
  'dense, where gaps are official': {
    instrument: { ids: 'dense', officialGaps: true },
    idOf: (i) => i + 1 + Math.floor(i / 7),
    ways: SPOILS,
  },
  'dense, some trades without': {
    instrument: { ids: 'dense' },
    idOf: (i) => (i % 900 < 300 ? undefined : i - 300 * (1 + Math.floor(i / 900))),
    ways: SPOILS,
  },
  'rising by one': {
    instrument: { ids: 'rising' },
    idOf: dense,
    ways: ['duplicates', 'late', 'ties', 'again'],
  },
  rising: { instrument: { ids: 'rising' }, idOf: (i) => 3 * i + 1, ways: ['duplicates', 'late', 'ties', 'again'] },
  unique: { instrument: { ids: 'unique' }, idOf: uuid, ways: ['duplicates', 'late', 'ties', 'again'] },
  'none, though there are some': { instrument: { ids: 'none' }, idOf: dense, ways: ['late'] },
  none: { instrument: { ids: 'none' }, idOf: () => undefined, ways: ['late'] },
};
const REORDER: ConfigInput['trades'] = { disorder: 'drop', reorder: { within: '5s' } };

function tradesOf({ idOf }: Case): TradeBlock {
  // More than are remembered of ids that are not dense.
  const block = market(12_000, 3);
  for (let i = 0; i < block.length; i++) setId(block.id, i, idOf(i));
  return block;
}

function run(one: Case, options: Partial<ConfigInput> = {}, fault?: Pick<Fault, 'plant'>) {
  const config: ConfigInput = {
    instruments: { a: one.instrument },
    clocks: { a: { bars: 'tick', threshold: 3 } },
    features: { a: ['close', 'volume'] },
    ...options,
  };
  return order.run({ ...contextOver(config, [tradesOf(one)], { seed: 4 }), ...fault?.plant(config) });
}

/** Trades without their ids. */
const idsLeftOut = {
  plant: plantWrap(
    'live',
    changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) setId(id, i, undefined);
    }),
  ),
};

for (const [name, one] of Object.entries(CASES)) {
  const { ways, instrument } = one;
  for (const trades of [{}, { disorder: 'keep', duplicates: 'keep' }] as const)
    test(`ids ${name}: sound trades hold, ${JSON.stringify(trades)}`, async () => {
      const { holds, first, compared } = await run(one, { trades });
      assert.deepEqual([holds, first], [true, null]);
      for (const way of SPOILS)
        if (ways.includes(way)) assert.ok(Number(compared[way]) > 20, `${way}: ${compared[way]}`);
        else assert.equal(compared[way], 0, way);
    });

  test(`ids ${name}: times that are floored`, async () => {
    const { holds, first } = await run({ ...one, instrument: { ...instrument, timeUnit: 's' } });
    assert.deepEqual([holds, first], [true, null]);
  });

  test(`ids ${name}: sound trades that are put in order hold, a late one that is moved is found`, async () => {
    const sound = await run(one, { trades: REORDER });
    assert.deepEqual([sound.holds, sound.first], [true, null]);
    assert.ok(Number(sound.compared['delayed']) > 20);
    assert.equal((await run(one, { trades: REORDER }, lateTradeSilent)).holds, false);
  });

  test(`ids ${name}: a late trade that is moved is found`, async () => {
    assert.equal((await run(one, {}, lateTradeSilent)).holds, false);
  });

  test(`ids ${name}: what needs ids is found where there are any`, async () => {
    const hasIds = ways.includes('duplicates');
    assert.equal((await run(one, {}, duplicatesKeptLive)).holds, !hasIds);
    assert.equal((await run(one, {}, idsLeftOut)).holds, !hasIds);
  });
}

/** A trade behind a gap comes without its id. */
const gapSilent = {
  plant: plantWrap('live', (inner) => (sinks) => {
    let newest = 0;
    const engine = changeTrades(({ length, id }) => {
      for (let i = 0; i < length; i++) {
        const own = idNumber(id, i);
        if (newest > 0 && own > newest + 1) setId(id, i, undefined);
        newest = Math.max(newest, own);
      }
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => ((newest = 0), engine.restore(bytes)) };
  }),
};

test('a gap that is not told of is found where ids are dense', async () => {
  const { first } = await run(CASES['dense'], {}, gapSilent);
  assert.deepEqual(first, { message: 'late put in, live side: expected 1 gap, found 0' });
});
