/** Series under the laws: rows of them that become known later are another future. Who uses them earlier is a planted fault. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig } from 'minotaur-core/internal/config/config';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import { createTradeBlock, setTrade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { createEngine } from '../../node/engine.ts';
import { memory } from '../memory/memory.ts';
import { seriesContext } from '../self-test/series.ts';
import type { Check, CheckContext, CheckResult } from '../harness/check.ts';
import { reachOf } from '../harness/reach.ts';
import { cutTurns } from '../harness/several-stretch.ts';
import type { Turn } from '../harness/turns.ts';
import { availability } from './availability.ts';
import { blocks } from './blocks.ts';
import { conservation } from './conservation.ts';
import { holes } from './holes.ts';
import { interleaving } from './interleaving.ts';
import { lookahead } from './lookahead.ts';
import { order } from './order.ts';
import { parity } from './parity.ts';
import { readiness } from './readiness.ts';
import { snapshot } from './snapshot.ts';

const SECOND = 1_000_000;
const START = Date.UTC(2024, 2, 9, 12) * 1000;
const config: ConfigInput = {
  instruments: { a: {}, b: { latency: '250ms' } },
  clocks: {
    a: { of: 'a', bars: 'tick', threshold: 4 },
    b: { of: 'b', bars: 'time', every: '2s' },
    rate: { series: ['bid'], latency: '700ms', maxAge: '2s' },
  },
  drive: 'a',
  features: { a: ['close'], b: ['close'], rate: ['bid', 'diff(bid, 1) as change'] },
};
const plan = createPlan(parseConfig(config));

function trades(second: number, ahead: number): TradeBlock {
  const block = createTradeBlock(10);
  for (let i = 0; i < 10; i++) {
    const time = START + second * SECOND + i * 100_000 + ahead;
    setTrade(block, i, {
      time,
      id: second * 10 + i,
      price: 100 + ((second + i) % 7),
      quantity: 1,
      buyerMaker: i % 2 === 0,
    });
  }
  block.length = 10;
  return block;
}

/** A row of the series every half of a second, known 1.2 s later; some seconds have none. */
function* turns(): Generator<Turn> {
  for (let second = 0; second < 240; second++) {
    if (second % 12 < 8) {
      const rows = [0, 0.5].map((half): SeriesRow => {
        const known = START + (second + half) * SECOND;
        return { time: known - 1.2 * SECOND, available_at: known, bid: second * 2 + half };
      });
      yield { kind: 'series', instrument: 'rate', rows, available: rows.map((row) => row.available_at as number) };
    }
    for (const instrument of ['b', 'a'])
      yield { kind: 'trades', instrument, block: trades(second, instrument === 'a' ? 0 : 30_000) };
  }
}

type Make = (sinks: EngineSinks) => Engine;
const sound: Make = (sinks) => createEngine(config, sinks);

async function ask(check: Check, make: Make = sound): Promise<CheckResult> {
  const context: CheckContext = {
    plan,
    configSource: { kind: 'value', value: config },
    open: () => cutTurns(turns(), { reach: reachOf(plan), each: 1500 }),
    seed: 3,
    sides: { historical: make, live: make },
  };
  return check.run(context);
}

const held = [
  parity,
  blocks,
  snapshot,
  interleaving,
  lookahead,
  availability,
  holes,
  conservation,
  readiness,
  memory,
  order,
];
for (const check of held)
  test(`${check.name} holds with a series`, async () => {
    const { holds, first, compared } = await ask(check);
    assert.ok(holds, `${JSON.stringify(first)} ${JSON.stringify(compared)}`);
  });

test('memory says of a series what it takes in hours, and in trades by their rate', async () => {
  const { certificate } = await ask(memory);
  const of = (name: string) => certificate?.clocks.find(({ clock }) => clock === name);
  const { hours, trades: counted } = of('rate') ?? {};
  const rate = (of('a')?.trades ?? NaN) / (of('a')?.hours ?? NaN);
  assert.ok((hours ?? 0) > 0);
  assert.ok(
    Math.abs((counted ?? NaN) / ((hours ?? NaN) * rate) - 1) < 0.2,
    `${counted} trades in ${hours} hours, ${rate} an hour`,
  );
});

test('an instrument that never trades is a hole in every order of the feeds', async () => {
  const { holds, first } = await interleaving.run(seriesContext(128, 43, 4));
  assert.ok(holds, JSON.stringify(first));
});
