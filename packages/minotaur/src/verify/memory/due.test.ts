/** When a late run has to agree: declared rows add up along the graph, and only those that count are counted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withOperators } from 'minotaur-core/internal/features/catalogue';
import { buildGraph, type FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import { createColumns } from 'minotaur-core/internal/features/contract/columns';
import { createDue, heldColumns } from './due.ts';

const graphOf = (...features: string[]): FeatureGraph => buildGraph(features, ['x', 'y'], withOperators([]));

/** Row after which the first feature is due, over rows of x (y is x plus one); Infinity: not by their end. */
function dueAfter(graph: FeatureGraph, x: readonly number[]): number {
  const columns = createColumns(graph);
  const due = createDue(graph);
  for (const value of x) {
    const at = columns.append();
    columns.data[0][at] = value;
    columns.data[1][at] = value + 1;
    due.look(columns.data, columns.compute(), columns.done);
  }
  assert.equal(due.rows, x.length);
  return due.after[graph.features[0].column];
}

const moving = Array.from({ length: 400 }, (_, i) => 100 + Math.sin(i));
/** A market that moves every tenth row. */
const still = Array.from({ length: 4000 }, (_, i) => moving[Math.floor(i / 10)]);
const gaps = Array.from({ length: 800 }, (_, i) => (i % 2 === 1 ? NaN : moving[i / 2]));
const rowsOf = (graph: FeatureGraph): number => {
  const { memory } = graph.columns[graph.features[0].column];
  return memory.class === 'unbounded' ? Infinity : memory.rows;
};

test('where every row counts, what is due is what the graph has added up', () => {
  for (const text of [
    'x',
    'sma(x, 20)',
    'lag(sma(x, 20), 3)',
    'ema(x, 9)',
    'ema(sma(x, 4), 5)',
    'add(ema(x, 3), lag(y, 60))',
  ]) {
    const graph = graphOf(`${text} as it`);
    assert.equal(dueAfter(graph, moving), rowsOf(graph), text);
  }
  assert.equal(dueAfter(graphOf('obv(x, y) as it'), moving), Infinity);
  assert.equal(dueAfter(graphOf('sma(obv(x, y), 3) as it'), moving), Infinity);
});

test('a recursion forgets nothing while nothing else enters it; a window does', () => {
  const ema = graphOf('ema(x, 9) as it');
  const due = dueAfter(ema, still);
  assert.ok(Math.abs(due - 10 * rowsOf(ema)) <= 10, `${due}`);
  const sma = graphOf('sma(x, 9) as it');
  assert.equal(dueAfter(sma, still), rowsOf(sma));
});

test('a row that an operator skips is no row to it', () => {
  const ema = graphOf('ema(x, 9) as it');
  const due = dueAfter(ema, gaps);
  assert.ok(Math.abs(due - 2 * rowsOf(ema)) <= 2, `${due}`);
});

test('what fades is held to it, and averages of it; what may magnify it is not', () => {
  const features = [
    'sma(x, 3)',
    'ema(x, 3)',
    'ema(ema(x, 3), 3)',
    'gt(ema(x, 3), x)',
    'ema(gt(ema(x, 3), x), 3)',
    'obv(x, y)',
  ];
  const graph = graphOf(...features.map((text, i) => `${text} as f${i}`));
  const held = heldColumns(graph);
  assert.deepEqual(
    graph.features.map(({ column }) => held[column]),
    [true, true, true, false, false, false],
  );
});
