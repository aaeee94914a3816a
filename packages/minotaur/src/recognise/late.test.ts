/** Columns that change seldom, and come late. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shifted } from '../compare/hypotheses/lag.ts';
import { valuesOf } from './candidates/values.ts';
import { columnsOf } from './columns.ts';
import { recognise } from './recognise.ts';
import { market, MINUTE } from './simulated-market.ts';

const bars = market(4000, 5);

test('a flag that is a row late is told as late, though it is right in nearly all rows', async () => {
  const flags = ['supertrend(high, low, close, 10, 3).trend', 'supertrend(high, low, close, 7, 3).trend'];
  const values = valuesOf(flags, bars, { start: 0, from: 0, to: bars.rows });
  const columns = new Map(values.map((one, k) => [`flag_${k}`, shifted(one, 1)]));
  const told = await recognise(bars, columnsOf(columns), { step: MINUTE });
  assert.deepEqual(
    told.map(({ made }) => [made?.form, made?.expression]),
    flags.map((flag) => ['late', `lag(${flag}, 1)`]),
  );
});
