import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf, walk } from '../../test/trades.ts';
import type { ConfigInput } from '../pipeline/config.ts';
import { firstDivergence, traceEngine } from './trace.ts';

const config: ConfigInput = { clocks: { a: { bars: 'tick', threshold: 5 } }, features: { a: ['sma(close, 4)'] } };

test('rows that differ only in being ready are told apart', () => {
  const [a, b] = [traceEngine(config), traceEngine(config)];
  for (const { engine } of [a, b]) engine.push(blockOf(walk(100, 1)));
  const { plan } = a.engine;
  assert.equal(firstDivergence(plan, a.trace, b.trace), undefined);
  const width = plan.columns.length + 1;
  const { values } = b.trace.rows;
  assert.deepEqual(
    [2, 3].map((row) => values[(row + 1) * width - 1]),
    [0, 1],
  );
  values[3 * width - 1] = 1;
  const found = firstDivergence(plan, a.trace, b.trace);
  assert.deepEqual(
    [found?.stage, found?.row, found?.feature, found?.expected, found?.found],
    ['rows', 2, 'ready', 0, 1],
  );
});
