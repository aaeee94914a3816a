/** The memory of one operator of a catalogue, measured over rows made for it. */
import { exampleParams } from 'minotaur-core/internal/features/contract/example';
import { buildGraph, type Catalogue, type FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Memory, Operator } from 'minotaur-core/internal/features/contract/operator';
import { contradiction, measureMemory, slower, startShows, type FeatureMemory } from './memory.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { DOMAINS, makeColumns, tameShape, type Shape } from './sample-columns.ts';

/** Late starts per stretch of rows, at seeded rows among the first `STARTS_WITHIN`. */
const STARTS = 24;
const STARTS_WITHIN = 300;
/** Rows that are compared after the declared ones, or in all where there is no end. */
const ROWS_AFTER = 200;
const ROWS_UNBOUNDED = 2000;
const SEED = 4;

export interface OperatorMemory {
  readonly op: Operator;
  readonly params: readonly number[];
  readonly declared: Memory;
  /** One per output. */
  readonly outputs: readonly FeatureMemory[];
  /** Late starts, over all stretches. */
  readonly starts: number;
  /** Rows compared, all outputs together. */
  readonly compared: number;
  /** The first contradiction of the declaration, or null. */
  readonly first: string | null;
}

/** Measures an operator of `catalogue`: over positive, signed and small values, the slowest of which counts. */
export function measureOperator(op: Operator, catalogue: Catalogue, params = exampleParams(op)): OperatorMemory {
  // An operator without inputs has to be given rows too.
  const names = op.inputs.length > 0 ? op.inputs : ['row'];
  const graph = graphOf(op, params, names, catalogue);
  const declared = op.memory(params);
  const rows = STARTS_WITHIN + ROWS_AFTER + (declared.class === 'unbounded' ? ROWS_UNBOUNDED : declared.rows);
  const random = mulberry32(SEED);
  const offsets = Array.from({ length: STARTS }, () => 1 + Math.floor(random() * STARTS_WITHIN));
  const measured = DOMAINS.map((domain, d) => {
    const columns = makeColumns(names, shapeFor(declared, domain, SEED + d), rows);
    return measureMemory(
      graph,
      names.map((name) => columns[name]),
      offsets,
    );
  });
  const merged = measured.reduce((a, b) => a.map((one, k) => slower(one, b[k])));
  // The operator's own declaration is on trial, not what the graph adds up from its parts.
  const outputs = merged.map((one, k) => ({ ...one, name: op.outputs[k], declared }));
  const first = firstContradiction(declared, outputs);
  const compared = outputs.reduce((sum, one) => sum + one.compared, 0);
  const starts = offsets.length * DOMAINS.length;
  const where = `${op.name}(${params.join(', ')})`;
  return { op, params, declared, outputs, starts, compared, first: first === null ? null : `${where}, ${first}` };
}

function firstContradiction(declared: Memory, outputs: readonly FeatureMemory[]): string | null {
  for (const one of outputs) {
    const wrong = contradiction(one);
    if (wrong !== undefined) return `output ${one.name}: ${wrong}`;
  }
  // One memory is declared for all outputs, so it is enough that one of them never forgets.
  if (declared.class !== 'unbounded' || outputs.some(startShows)) return null;
  return 'declared unbounded, but no late start shows once the lookback is filled';
}

/**
 * What is finite has to be so over prints of 1e12, ties and flat stretches as well. What fades is measured relative to the
 * largest output so far, which one such print would make meaningless, and over values that move: in a flat market
 * nothing enters a recursion that could cover up its start.
 */
function shapeFor(declared: Memory, domain: Shape['domain'], seed: number): Shape {
  if (declared.class !== 'finite') return tameShape(seed, domain);
  const kinds = [
    ['walk', 17],
    ['ticks', 9],
    ['flat', 11],
    ['print', 1],
    ['walk', 7],
  ] as const;
  return { seed, scale: 1, domain, stretches: kinds.map(([kind, rows]) => ({ kind, rows })) };
}

function graphOf(
  op: Operator,
  params: readonly number[],
  names: readonly string[],
  catalogue: Catalogue,
): FeatureGraph {
  const args = [
    ...op.inputs.map((name) => ({ kind: 'column', name }) as const),
    ...params.map((value) => ({ kind: 'number', value }) as const),
  ];
  const expression = { kind: 'call', name: op.name, args } as const;
  const text = `${op.name}(${[...op.inputs, ...params].join(', ')})`;
  return buildGraph([{ expression, names: op.outputs.map((_, k) => `out${k}`), text }], names, catalogue);
}

/** The slowest output at each level: rows, or null where it had not settled at the end of the stretch. */
export function rowsToSettle({ outputs }: OperatorMemory): { readonly level: number; readonly rows: number | null }[] {
  const slowest = outputs.reduce(slower);
  return slowest.settled.map(({ level, rows, settles }) => ({ level, rows: settles ? rows : null }));
}
