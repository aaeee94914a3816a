/**
 * What each node of a graph costs over blocks, nanoseconds a row: the product's kernels in the product's order over buffers
 * laid out as the product's, with a clock around each. The product itself has no timers.
 */
import type { FeatureGraph } from '../packages/core/src/features/contract/graph.ts';
import { summary } from './harness.ts';

export interface NodeCost {
  readonly text: string;
  readonly nsPerRow: number;
}

/** Stretches of the rows; the first warms up, and of the others each node's median counts. */
const STRETCHES = 8;

/** `sources[c]` holds graph column c, for the bar columns. */
export function nodeCosts(graph: FeatureGraph, sources: readonly Float64Array[], block: number): NodeCost[] {
  const keep = Math.max(1, ...graph.columns.map((column) => column.history));
  const data = graph.columns.map(() => new Float64Array(keep + block).fill(NaN));
  const nodes = graph.nodes.map((node) => ({
    run: node.op.run,
    io: {
      in: node.inputs.map((c) => data[c]),
      out: node.outputs.map((c) => data[c]),
      params: node.params,
      state: new Float64Array(node.op.slots(node.params)),
    },
  }));
  const blocks = Math.floor(sources[0].length / block / STRETCHES);
  const spent = Array.from({ length: STRETCHES }, () => new Float64Array(nodes.length));
  for (let b = 0; b < blocks * STRETCHES; b++) {
    const stretch = spent[Math.floor(b / blocks)];
    for (const column of data) column.copyWithin(0, block);
    for (let c = 0; c < sources.length; c++) data[c].set(sources[c].subarray(b * block, (b + 1) * block), keep);
    let before = performance.now();
    for (let i = 0; i < nodes.length; i++) {
      nodes[i].run(nodes[i].io, keep, keep + block);
      const after = performance.now();
      stretch[i] += after - before;
      before = after;
    }
  }
  return graph.nodes.map((node, i) => {
    const { median } = summary(
      '',
      '',
      spent.slice(1).map((stretch) => (stretch[i] * 1e6) / (blocks * block)),
    );
    return { text: graph.columns[node.outputs[0]].text, nsPerRow: median };
  });
}

/** Prints the costliest nodes, their share of all and the share of all named so far. */
export function printCosts(costs: readonly NodeCost[], count: number): void {
  const all = costs.reduce((sum, cost) => sum + cost.nsPerRow, 0);
  const sorted = costs.toSorted((a, b) => b.nsPerRow - a.nsPerRow).slice(0, count);
  const percent = (x: number): string => `${((100 * x) / all).toFixed(1)} %`.padStart(7);
  console.log(
    `\nThe ${sorted.length} costliest of ${costs.length} nodes, of ${all.toFixed(0)} ns/row (clock included)`,
  );
  let sum = 0;
  for (const { text, nsPerRow } of sorted) {
    sum += nsPerRow;
    console.log(`  ${nsPerRow.toFixed(1).padStart(7)} ns/row ${percent(nsPerRow)} ${percent(sum)}  ${text}`);
  }
}
