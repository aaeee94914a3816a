import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { venueOfMarket } from '../../venues/named.ts';
import { forecastBootstrap } from './forecast.ts';

const venue = venueOfMarket('binance-spot') ?? assert.fail('binance-spot');

test('bars hold more than their threshold, and a warm start takes the trades that they hold', () => {
  const plan = createPlan(
    parseConfig({
      instruments: { BTCUSDT: { venue: 'binance-spot' } },
      clocks: { d: { bars: 'dollar', threshold: 100 } },
      features: { d: ['sma(close, 20)'] },
    }),
  );
  // A trade a second, of 60 each: two of them make a bar of 100.
  const sample = Array.from({ length: 201 }, (_, i) => ({ time: 1.7e15 + 1e6 * i, price: 60, quantity: 1 }));
  const sampled = {
    instrument: 'BTCUSDT',
    venue,
    profile: 'binance-spot',
    sample,
    dumps: false,
    rest: true,
    latency: 100,
  };
  const { instruments, readyAt } = forecastBootstrap(plan, [sampled], 1.7e15);
  const [{ bars }] = plan.clocks.map(({ warmup }) => warmup);
  assert.equal(instruments[0].trades, 2 * bars);
  assert.equal(readyAt, bars);
});
