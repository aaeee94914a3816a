/**
 * When a run that started late has to agree with the full one, column by column, from what the operators declare.
 *
 * The declared rows are added up along the graph as the warm-up does, but only rows that count are counted: a NaN that
 * an operator skips is no row to it, and a recursion forgets its start only while something else enters it, so in a market that
 * stands still it forgets nothing.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import type { FeatureGraph, GraphNode } from 'minotaur-core/internal/features/contract/graph';

export interface Due {
  /** Per column of the graph: rows since the start, itself counted, from which on it has to agree; Infinity: not yet, or never. */
  readonly after: Float64Array;
  /** Rows shown so far. */
  readonly rows: number;
  /** Shows rows [from, to) of a late run's columns; rows have to be shown in order, and the one before has to be there. */
  look(data: readonly Float64Array[], from: number, to: number): void;
}

interface Waiting {
  readonly node: GraphNode;
  /** Rows that are needed of each input, and of the node, once its inputs are due. */
  readonly needed: readonly number[];
  readonly own: number;
  readonly fades: boolean;
  readonly seen: Float64Array;
  total: number;
}

/**
 * Per column of the graph, whether it is held to its declaration. What has no end is not. Nor is a function of something that fades: it
 * may magnify what is left of the start as much as it likes (a flag turns, two averages that are nearly equal are taken
 * from each other); its parts are held instead.
 */
export function heldColumns(graph: FeatureGraph): readonly boolean[] {
  const held = graph.columns.map(({ memory }) => memory.class === 'finite');
  for (const { memory, inputs, outputs } of graph.nodes) {
    const fades = memory.class === 'fading' && inputs.every((c) => held[c]);
    if (fades) for (const c of outputs) held[c] = true;
  }
  return held;
}

export function createDue(graph: FeatureGraph): Due {
  const after = new Float64Array(graph.columns.length).fill(Infinity);
  const made = new Set(graph.nodes.flatMap((node) => node.outputs));
  graph.columns.forEach(({ memory }, c) => {
    if (!made.has(c) && memory.class !== 'unbounded') after[c] = 1;
  });
  let waiting = graph.nodes.flatMap(waitFor);
  const due = {
    after,
    rows: 0,
    look(data: readonly Float64Array[], from: number, to: number): void {
      for (let i = from; i < to; i++) {
        due.rows++;
        let came = false;
        for (const one of waiting) if (comesDue(one, after, due.rows, data, i)) came = true;
        if (came) waiting = waiting.filter(({ node }) => after[node.outputs[0]] === Infinity);
      }
    },
  };
  return due;
}

function waitFor(node: GraphNode): Waiting[] {
  const { op, params, inputs, memory } = node;
  if (memory.class === 'unbounded') return [];
  const needed = op.rowsRead?.(params) ?? inputs.map(() => memory.rows);
  return [
    {
      node,
      needed,
      own: memory.rows,
      fades: memory.class === 'fading',
      seen: new Float64Array(inputs.length),
      total: 0,
    },
  ];
}

/** Brings one node up to row `i`; whether its outputs are due from now on. */
function comesDue(one: Waiting, after: Float64Array, row: number, data: readonly Float64Array[], i: number): boolean {
  const { inputs, outputs } = one.node;
  if (!counts(one, data, i)) return false;
  one.total++;
  let ready = one.total >= one.own;
  for (let k = 0; k < inputs.length; k++) {
    if (after[inputs[k]] <= row) one.seen[k]++;
    if (one.seen[k] < one.needed[k]) ready = false;
  }
  if (ready) for (const c of outputs) after[c] = row;
  return ready;
}

/** Whether row `i` brings the node nearer to forgetting its start. */
function counts({ node, fades }: Waiting, data: readonly Float64Array[], i: number): boolean {
  const { op, inputs } = node;
  if (inputs.length === 0 || (!fades && op.nan !== 'skip')) return true;
  let moved = !fades;
  for (const c of inputs) {
    const value = data[c][i];
    if (value !== value) return false;
    if (!moved) moved = !sameBits(value, data[c][i - 1]);
  }
  return moved;
}
