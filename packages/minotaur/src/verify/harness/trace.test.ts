import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf, walk } from '../../../../../test/trades.ts';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
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

test('a divergence comes with the values around it, of both sides', () => {
  const [a, b] = [traceEngine(config), traceEngine(config)];
  for (const { engine } of [a, b]) engine.push(blockOf(walk(100, 1)));
  const { plan } = a.engine;
  const { values, times } = b.trace.bars.get('a') as { values: Float64Array; times: Float64Array };
  const width = plan.clocks[0].graph.columns.length;
  const at = 6 * width + width - 1;
  const sound = values[at];
  values[at] += 1;
  const found = firstDivergence(plan, a.trace, b.trace);
  assert.deepEqual(
    found?.around.map(({ row, time }) => [row, time]),
    [2, 3, 4, 5, 6, 7, 8, 9, 10].map((row) => [row, times[row]]),
  );
  for (const { row, expected, found: other, expectedBits, foundBits } of found.around) {
    assert.equal(expectedBits === foundBits, row !== 6);
    assert.deepEqual([expected, other], row === 6 ? [sound, sound + 1] : [other, expected]);
  }
});

test('where one side has more rows the times beside it are told, and null where there is none', () => {
  const [a, b] = [traceEngine(config), traceEngine(config)];
  a.engine.push(blockOf(walk(100, 1)));
  b.engine.push(blockOf(walk(100, 2)));
  const first = firstDivergence(a.engine.plan, a.trace, b.trace);
  assert.equal(first?.feature, 'available_at');
  assert.deepEqual([first.around[0].expected, first.around[0].found], [first.expected, first.found]);
  const short = traceEngine(config);
  short.engine.push(blockOf(walk(7, 1)));
  assert.deepEqual(firstDivergence(a.engine.plan, a.trace, short.trace)?.around, []);
});
