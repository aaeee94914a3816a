import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { rejoinSeveral } from '../faults/rejoin-several.ts';
import type { CheckContext } from '../harness/check.ts';
import { tradesByInstrument } from '../harness/pick.ts';
import { reproduce } from '../harness/reproduce.ts';
import { contextOver } from '../over-trades.ts';
import { market, severalContext, severalMarket } from '../self-test/market.ts';
import { INSTRUMENTS, SEVERAL } from '../self-test/several.ts';
import { interleaving } from './interleaving.ts';

const lanes = severalMarket(INSTRUMENTS, 4000, 5);

/** A live side whose rows hold whatever of another instrument is there. */
function faulty(context: CheckContext): CheckContext {
  const make = rejoinSeveral({ latency: () => -1e15, known: () => Infinity })((sinks) => createEngine(SEVERAL, sinks));
  return { ...context, sides: { historical: make, live: make } };
}

test('schedules that reach the skew give the rows of the order that was given', async () => {
  const { holds, answered, compared, first } = await interleaving.run(severalContext(SEVERAL, lanes, 700, 2));
  assert.deepEqual([holds, answered, first], [true, true, null]);
  assert.equal(compared['schedules'], 3);
  assert.ok(Number(compared['rows']) > 500);
  for (const what of ['reached', 'restores', 'refused']) assert.ok(Number(compared[what]) > 20, what);
});

test('of one instrument there is one order: not answered', async () => {
  const { holds, answered, first } = await interleaving.run(
    contextOver({ clocks: { a: { bars: 'tick', threshold: 4 } } }, [market(100, 1)]),
  );
  assert.deepEqual([holds, answered, first], [false, false, null]);
});

test('a row that depends on which feed was faster is located: row, column, both values, place in the schedule', async () => {
  const { first } = await interleaving.run(faulty(contextOver(SEVERAL, lanes)));
  assert.ok(first !== null && 'feature' in first);
  assert.equal(first.stage, 'rows');
  assert.match(first.feature, /_(spot|spot10|quiet|quiet4)$/);
  assert.notEqual(first.expectedBits, first.foundBits);
  assert.match(String(first.note), /^in schedule \d of 3, before run \d+ of its events$/);
});

test('its failure is shrunk to a few trades of each instrument', async () => {
  const context = faulty(severalContext(SEVERAL, severalMarket(INSTRUMENTS, 600, 5), 200, 2));
  const least = await reproduce(context, interleaving);
  assert.ok(least?.events.kind === 'turns');
  assert.ok(least.length < 40, `${least.length} trades`);
  const left = tradesByInstrument(least.events.turns, context.plan);
  assert.ok(Object.values(left).filter(({ length }) => length > 0).length > 1, 'it takes two');
});

test('a feed that is silent for long, and one that ends, hold nobody back', async () => {
  const config: ConfigInput = { ...SEVERAL, skew: '10s' };
  const { holds, first } = await interleaving.run(contextOver(config, lanes));
  assert.ok(holds, JSON.stringify(first));
});
