/** What is watched beside trades: symbols that a venue no longer has, and a process that is held up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { binanceSpot } from '../../venues/exchanges/binance-spot.ts';
import { createAccess } from '../../venues/wire/listener.ts';
import { openLocalVenue } from '../../venues/wire/local-venue.ts';
import { madeTrades } from '../../venues/wire/scene.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { watchLoop } from './loop-watch.ts';
import { checkSymbols } from './symbol-check.ts';

const around = processSurroundings();

test('fault 43: a symbol that the venue denies three times is gone; one denial, an error and silence are not', async () => {
  const local = await openLocalVenue({ venue: 'binance-spot', markets: { BTCUSDT: madeTrades(100) }, around });
  const { rest } = createAccess({ venue: binanceSpot, restBase: local.restBase, around });
  const gone: string[] = [];
  local.faults.restNext.push({ what: 'status', status: 400 }, { what: 'status', status: 503 }, { what: 'garbled' });
  const check = (symbol: string) => ({ instrument: symbol, symbol, profile: 'binance-spot', rest });
  const stop = checkSymbols({
    symbols: [check('BTCUSDT'), check('OLDUSDT')],
    around,
    every: 20,
    again: 10,
    onGone: (instrument, why) => gone.push(`${instrument}: ${why}`),
  });
  for (let i = 0; i < 500 && gone.length === 0; i++) await pause(10);
  stop();
  assert.equal(gone[0], 'OLDUSDT: status 404, 3 times');
  assert.ok(!gone.some((text) => text.startsWith('BTC')));
  assert.ok(local.requests.filter((path) => path.includes('BTCUSDT')).length >= 2);
  rest.stop();
  await local.close();
});

test('fault 42: the delay of the event loop is what held it up', async () => {
  const watch = watchLoop();
  await pause(50);
  watch.look();
  await pause(50);
  for (const end = performance.now() + 400; performance.now() < end;);
  await pause(50);
  const held = watch.look();
  assert.ok(held > 300, `${held} ms`);
  watch.stop();
});
