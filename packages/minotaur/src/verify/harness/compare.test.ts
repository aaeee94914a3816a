import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf, walk } from '../../../../../test/trades.ts';
import { planOf } from 'minotaur-core/internal/config/engine';
import { firstDivergence } from './compare.ts';
import { enginesOf } from './sides.ts';
import { traceEngine, type TracedEngine } from './trace.ts';

const plan = planOf({ clocks: { a: { bars: 'tick', threshold: 5 } }, features: { a: ['sma(close, 4)'] } });

const traced = (): TracedEngine => traceEngine(enginesOf(plan));

test('rows that differ only in being ready are told apart', () => {
  const [a, b] = [traced(), traced()];
  for (const { engine } of [a, b]) engine.push(blockOf(walk(100, 1)));
  assert.equal(firstDivergence(plan, a.trace, b.trace), undefined);
  const width = plan.columns.length + 2;
  const { values } = b.trace.rows;
  assert.deepEqual(
    [2, 3].map((row) => values[(row + 1) * width - 2]),
    [0, 1],
  );
  values[3 * width - 2] = 1;
  const found = firstDivergence(plan, a.trace, b.trace);
  assert.deepEqual(
    [found?.stage, found?.row, found?.feature, found?.expected, found?.found],
    ['rows', 2, 'ready', 0, 1],
  );
});

test('a divergence comes with the values around it, of both sides', () => {
  const [a, b] = [traced(), traced()];
  for (const { engine } of [a, b]) engine.push(blockOf(walk(100, 1)));
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
  const [a, b] = [traced(), traced()];
  a.engine.push(blockOf(walk(100, 1)));
  b.engine.push(blockOf(walk(100, 2)));
  const first = firstDivergence(plan, a.trace, b.trace);
  assert.equal(first?.feature, 'available_at');
  assert.deepEqual([first.around[0].expected, first.around[0].found], [first.expected, first.found]);
  const short = traced();
  short.engine.push(blockOf(walk(7, 1)));
  assert.deepEqual(firstDivergence(plan, a.trace, short.trace)?.around, []);
});
