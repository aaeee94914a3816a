/** Where a feature comes from: the operators, bar columns and clocks between it and the trades. */
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import type { GraphColumn } from 'minotaur-core/internal/features/contract/graph';
import { describeSource, type Plan } from 'minotaur-core/internal/chain/plan';

/** A plan, as little of it as a page needs to draw any of its features. */
export interface LineageData {
  /** Summary of each operator in use. */
  readonly operators: Readonly<Record<string, string>>;
  readonly barColumns: readonly string[];
  readonly clocks: readonly LineageClock[];
}

export interface LineageClock {
  readonly name: string;
  readonly suffix: string;
  /** What its bars are, in words. */
  readonly bars: string;
  /** Index of the clock that it is made from; -1: trades; -2: bars that are given. */
  readonly parent: number;
  /** Column numbers go on from those of the bar. */
  readonly nodes: readonly (readonly [
    operator: string,
    params: readonly number[],
    inputs: readonly number[],
    outputs: readonly number[],
  ])[];
  readonly features: readonly (readonly [name: string, column: number, note: string])[];
}

export interface Chip {
  readonly id: string;
  readonly kind: 'source' | 'clock' | 'column' | 'operator' | 'feature';
  readonly title: string;
  readonly detail: string;
}

export interface Lineage {
  /** From what comes in to the feature; a chip's sources are in rows before its own. */
  readonly layers: readonly (readonly Chip[])[];
  /** Pairs of chip ids, source first. */
  readonly edges: readonly (readonly [string, string])[];
}

const AGE = 'seconds since the newest bar of this clock became available';

export function lineageData({ clocks }: Plan): LineageData {
  const used = new Map(clocks.flatMap(({ graph }) => graph.nodes.map(({ op }) => [op.name, op.summary] as const)));
  return {
    operators: Object.fromEntries(used),
    barColumns: BAR_COLUMNS,
    clocks: clocks.map(({ name, suffix, source, graph }) => ({
      name,
      suffix,
      bars: describeSource(source, clocks),
      parent: 'parent' in source ? source.parent : source.type === 'given' ? -2 : -1,
      nodes: graph.nodes.map(({ op, params, inputs, outputs }) => [op.name, params, inputs, outputs] as const),
      features: [
        ...graph.features.map((f) => [f.name + suffix, f.column, noteOf(graph.columns[f.column])] as const),
        [`age${suffix}`, -1, AGE] as const,
      ],
    })),
  };
}

function noteOf({ text, lookback, memory }: GraphColumn): string {
  const remembers =
    memory.class === 'unbounded' ? 'never forgets its start' : `${memory.class} memory, ${memory.rows} bars`;
  return `${text}; first value after ${lookback} bars; ${remembers}`;
}

/** The ancestors of a feature by its name, in layers; no layers where there is no such feature. Also runs in the page. */
export function lineageOf({ clocks, barColumns, operators }: LineageData, wanted: string): Lineage {
  const clockIndex = clocks.findIndex(({ features }) => features.some(([name]) => name === wanted));
  if (clockIndex < 0) return { layers: [], edges: [] };
  const { nodes, features } = clocks[clockIndex];
  const [, column, note] = features.find(([name]) => name === wanted) as readonly [string, number, string];
  const edges: (readonly [string, string])[] = [];
  const layers: Chip[][] = [];
  const placed = new Map<string, number>();
  // A chip lies one layer below the lowest of its sources.
  const place = (chip: Chip, sources: readonly string[]): string => {
    if (placed.has(chip.id)) return chip.id;
    const layer = 1 + Math.max(-1, ...sources.map((id) => placed.get(id) as number));
    placed.set(chip.id, layer);
    (layers[layer] ??= []).push(chip);
    for (const id of sources) edges.push([id, chip.id]);
    return chip.id;
  };
  const clockChip = (index: number): string => {
    if (index < 0) {
      const title = index === -1 ? 'trades' : 'given bars';
      return place({ id: 'source', kind: 'source', title, detail: 'what comes in' }, []);
    }
    const { name, bars, parent } = clocks[index];
    return place({ id: `clock ${name}`, kind: 'clock', title: name, detail: bars }, [clockChip(parent)]);
  };
  const own = clockChip(clockIndex);
  const chipOf = (c: number): string => {
    if (c < 0) return own;
    if (c < barColumns.length)
      return place({ id: `column ${c}`, kind: 'column', title: barColumns[c], detail: 'bar column' }, [own]);
    const index = nodes.findIndex(([, , , outputs]) => outputs.includes(c));
    const [operator, params, inputs] = nodes[index];
    const title = `${operator}${params.length > 0 && operator !== 'constant' ? `(${params.join(', ')})` : ''}`;
    const chip =
      operator === 'constant'
        ? { title: String(params[0]), detail: 'constant' }
        : { title, detail: operators[operator] };
    return place({ id: `node ${index}`, kind: 'operator', ...chip }, inputs.length > 0 ? inputs.map(chipOf) : [own]);
  };
  place({ id: 'feature', kind: 'feature', title: wanted, detail: note }, [chipOf(column)]);
  return { layers, edges: edges.filter(([a, b], i) => edges.findIndex(([c, d]) => a === c && b === d) === i) };
}
