import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createResolution } from './resolution.ts';

test('the coarsest unit that all times are whole numbers of', () => {
  const of = (...times: number[]) =>
    fed(
      createResolution(),
      times.map((time) => trade(time)),
    ).report();
  assert.equal(of(0, 1e6, 5e6).unit, 's');
  assert.deepEqual(of(0, 1000), { unit: 'ms', wholeSeconds: 0.5, wholeMillis: 1 });
  assert.equal(of(0, 1001).unit, 'us');
  assert.equal(of().unit, null);
});
