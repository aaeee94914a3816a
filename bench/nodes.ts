/**
 * What each node of a graph costs over blocks, nanoseconds a row: the product's kernels in the product's order over buffers
 * laid out as the product's, with a clock around each. The product itself has no timers. Of each node the tenth
 * part of its blocks that is fastest ends at the figure.
 */
import type { FeatureGraph } from '../packages/core/src/features/contract/graph.ts';
import { layProgram, writeProgram } from '../packages/core/src/features/contract/program.ts';
import { takeRoom } from '../packages/core/src/base/vectors/vectors.ts';
import { quantile } from './harness.ts';

export interface NodeCost {
  readonly text: string;
  readonly nsPerRow: number;
}

/** Blocks that warm up. */
const WARM_UP = 400;

/** `sources[c]` holds graph column c, for the bar columns. */
export function nodeCosts(graph: FeatureGraph, sources: readonly Float64Array[], block: number): NodeCost[] {
  const keep = Math.max(1, ...graph.columns.map((column) => column.history));
  const length = keep + block;
  const slots = graph.nodes.map(({ op, params }) => op.slots(params));
  const rows = graph.columns.length * length;
  const programs = graph.nodes.map((node) => layProgram([node]));
  const all = programs.reduce((sum, program) => sum + program.length, 0);
  const tables = programs.flatMap((program) => program.tables);
  const { doubles, vectors, tableAt } = takeRoom(rows + slots.reduce((sum, n) => sum + n, 0) + all, [
    ...new Set(tables),
  ]);
  const data = graph.columns.map((_, c) => doubles.subarray(c * length, (c + 1) * length).fill(NaN));
  let at = rows;
  const nodes = graph.nodes.map((node, i) => {
    const io = {
      in: node.inputs.map((c) => data[c]),
      out: node.outputs.map((c) => data[c]),
      params: node.params,
      state: doubles.subarray(at, (at += slots[i])),
    };
    const program = doubles.subarray(at, (at += programs[i].length));
    writeProgram(
      programs[i],
      program,
      (c) => data[c].byteOffset,
      () => io.state.byteOffset,
      tableAt,
    );
    return { node, io, start: program.byteOffset, done: new Int32Array(program.buffer, program.byteOffset, 1) };
  });
  const blocks = Math.floor(sources[0].length / block);
  const spent = nodes.map(() => new Float64Array(blocks));
  for (let b = 0; b < blocks; b++) {
    for (const column of data) column.copyWithin(0, block);
    for (let c = 0; c < sources.length; c++) data[c].set(sources[c].subarray(b * block, (b + 1) * block), keep);
    let before = performance.now();
    for (let i = 0; i < nodes.length; i++) {
      const { node, io, start, done } = nodes[i];
      const reached = vectors?.execute(start, start + programs[i].starts[0], 0, 8 * keep, block);
      if (reached !== 1) node.op.run(io, keep + done[0], keep + block);
      const after = performance.now();
      spent[i][b] = after - before;
      before = after;
    }
  }
  return graph.nodes.map((node, i) => {
    // A tenth of the blocks were faster: what the node takes where other work leaves it alone, and no single lucky block.
    const low = quantile(spent[i].slice(WARM_UP).sort(), 0.1);
    return { text: graph.columns[node.outputs[0]].text, nsPerRow: (low * 1e6) / block };
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
