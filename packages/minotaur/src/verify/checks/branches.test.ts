import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { branches } from './branches.ts';
import { tradeStretch } from '../harness/stretch.ts';
import { market } from '../self-test/market.ts';

const value: ConfigInput = { clocks: { a: { bars: 'tick', threshold: 3 } }, features: { a: ['rsi(close, 14)'] } };

async function reached(trades: number): Promise<Readonly<Record<string, number | string>>> {
  const open = async function* () {
    yield tradeStretch(market(trades, 2));
  };
  const outcome = await branches.run({
    plan: planOf(value),
    configSource: { kind: 'value', value },
    open,
    seed: 1,
  });
  assert.ok(outcome.holds);
  return outcome.compared;
}

// The engine has one account of what ran: who measures what tests reach cannot ask what a run reached.
const alone = process.env['NODE_V8_COVERAGE'] === undefined ? {} : { skip: 'coverage is being measured' };

test('a run that is too short for the indicator leaves branches of it unreached, and says which', alone, async () => {
  const short = await reached(12);
  const long = await reached(600);
  assert.match(String(short['unreached']), /^[1-9]\d* \(.*balance\.ts:\d+/);
  assert.ok(parseInt(String(long['unreached']), 10) < parseInt(String(short['unreached']), 10));
  assert.equal(long['files'], short['files']);
  assert.equal(long['files'], 2, 'rsi, and the balance that it shares with others');
});
