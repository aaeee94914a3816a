import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { buildGraph } from 'minotaur-core/internal/features/contract/graph';
import { simulate } from '../../files/simulate.ts';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { atLevel, contradiction, measureMemory } from './memory.ts';

/** Bars of 200 simulated trades, all columns. */
function simulatedBars(trades: number): Float64Array[] {
  const columns: number[][] = BAR_COLUMNS.map(() => []);
  const engine = createEngine(
    { clocks: { bars: { bars: 'tick', threshold: 200 } }, features: { bars: ['close'] } },
    { onBars: ({ data, from, to }) => columns.forEach((column, c) => column.push(...data[c].subarray(from, to))) },
  );
  for (const block of simulate({ trades, seed: 5 })) engine.push(block);
  return columns.map((column) => Float64Array.from(column));
}

const stretch = simulatedBars(1_000_000);
const STARTS = [1, 50, 333, 777, 1001, 1500, 1999];

for (const name of ['short', '1min']) {
  test(`what the graph adds up for every feature of clock ${name} of the preset is what it does on simulated bars`, () => {
    const { graph } = createPlan(parseConfig('minotaur')).clocks.find((clock) => clock.name === name)!;
    const measured = measureMemory(graph, stretch, STARTS);
    assert.equal(measured.length, graph.features.length);
    for (const feature of measured) {
      assert.equal(contradiction(feature), undefined, feature.name);
      assert.ok(feature.compared > 5000, `${feature.name} was compared over ${feature.compared} rows`);
    }
  });
}

test('a late start is told by its offset and its row, and a stretch too short to tell is no pass', () => {
  const graph = buildGraph(['sma(close, 5) as mean'], BAR_COLUMNS, catalogue);
  const [mean] = measureMemory(graph, stretch, [100, 200]);
  assert.deepEqual([atLevel(mean.settled, 0).rows, atLevel(mean.settled, 0).row], [5, 103]);
  const believed = { ...mean, declared: { class: 'finite', rows: 4 } } as const;
  assert.match(
    contradiction(believed) ?? '',
    /at row 103, 4 rows after a start at offset 100: [\d.]+ in the full run, NaN/,
  );
  const short = stretch.map((column) => column.subarray(0, 8));
  assert.match(contradiction(measureMemory(graph, short, [4])[0]) ?? '', /nothing was compared/);
});
