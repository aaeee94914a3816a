/** The memory of one operator of a catalogue, measured over rows made for it. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { exampleParams } from 'minotaur-core/internal/features/contract/example';
import type { Catalogue } from 'minotaur-core/internal/features/contract/graph';
import type { Memory, Operator } from 'minotaur-core/internal/features/contract/operator';
import { graphOf, inputsOf } from '../harness/operator-graph.ts';
import type { Contradiction } from './late-runs.ts';
import { createMeasured, EXACT, GAPS, rowsWithin, type Measured, type Watched } from './measured.ts';
import { DOMAINS, makeColumns, tameShape, type Shape } from './sample-columns.ts';
import { measureStretch, watchFeatures } from './whole-stretch.ts';

/** Late starts per stretch of rows, at seeded rows among the first `STARTS_WITHIN`. */
const STARTS = 24;
const STARTS_WITHIN = 300;
/** Rows that are compared after the declared ones, or in all where there is no end. */
const ROWS_AFTER = 200;
const ROWS_UNBOUNDED = 2000;
const SEED = 4;

/** What an operator declares to remember, and what was measured. */
export interface OperatorMemory {
  readonly op: Operator;
  readonly params: readonly number[];
  readonly declared: Memory;
  /** Of its outputs, over all stretches. */
  readonly measured: Measured;
  /** Late starts, over all stretches. */
  readonly starts: number;
  /** Rows compared after they were due, all outputs together. */
  readonly compared: number;
  /** The first contradiction of the declaration, or null. */
  readonly first: string | null;
}

/** Measures an operator of `catalogue`: over positive, signed and small values, the slowest of which counts. */
export function measureOperator(op: Operator, catalogue: Catalogue, params = exampleParams(op)): OperatorMemory {
  const names = inputsOf(op);
  const graph = graphOf(op, params, catalogue);
  const declared = op.memory(params);
  const rows = STARTS_WITHIN + ROWS_AFTER + (declared.class === 'unbounded' ? ROWS_UNBOUNDED : declared.rows);
  const random = mulberry32(SEED);
  const starts = Array.from({ length: STARTS }, () => 1 + Math.floor(random() * STARTS_WITHIN));
  // The operator's own declaration is on trial, not what the graph adds up from its parts.
  const watched = watchFeatures(graph).map((one, k) => ({ ...one, name: op.outputs[k], declared }));
  const measured = createMeasured(watched.length, gapsOf(declared));
  const found = DOMAINS.map((domain, d) => {
    const columns = makeColumns(names, shapeFor(declared, domain, SEED + d), rows);
    const given = names.map((name) => columns[name]);
    return measureStretch({ graph, watched, measured, given, starts });
  }).find((wrong) => wrong !== undefined);
  const wrong = found === undefined ? firstShortcoming(declared, watched, measured) : describeContradiction(found);
  return {
    op,
    params,
    declared,
    measured,
    starts: starts.length * DOMAINS.length,
    compared: measured.compared.reduce((sum, n) => sum + n, 0),
    first: wrong === undefined ? null : `${op.name}(${params.join(', ')}), ${wrong}`,
  };
}

/** The declared tolerance is looked for too, where it is none of the levels. */
function gapsOf(declared: Memory): readonly number[] {
  if (declared.class !== 'fading' || GAPS.includes(declared.tolerance)) return GAPS;
  return [...GAPS, declared.tolerance];
}

/** A contradiction in words: what was promised, where it is broken, and both values. */
export function describeContradiction({ watched, row, start, rows, expected, found }: Contradiction): string {
  const { name, declared } = watched;
  const what = declared.class === 'unbounded' ? declared.class : `${declared.class} with ${declared.rows} rows`;
  const wish =
    declared.class === 'fading' ? `a difference below ${declared.tolerance} of the largest output` : 'the same bits';
  return (
    `output ${name}: declared ${what}: expected ${wish} from then on, found at row ${row}, ` +
    `${rows} rows after a start at offset ${start}: ${expected} in the full run, ${found} in the late one`
  );
}

/** What is wrong though nothing contradicts: too few rows, or a declaration without an end that is not needed. */
function firstShortcoming(declared: Memory, watched: readonly Watched[], measured: Measured): string | undefined {
  const empty = watched.find((_, f) => measured.compared[f] === 0);
  if (empty !== undefined) return `output ${empty.name}: nothing was compared: the stretch is too short`;
  // One memory is declared for all outputs, so it is enough that one of them never forgets.
  const shows = watched.some(({ lookback }, f) => measured.settled[EXACT * watched.length + f] > lookback + 1);
  if (declared.class !== 'unbounded' || shows) return undefined;
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

/** The slowest output at each level: rows, or null where it had not settled at the end of the stretch. */
export function rowsToSettle({ measured }: OperatorMemory): { readonly level: number; readonly rows: number | null }[] {
  const outputs = Array.from(measured.compared.keys());
  return measured.gaps.map((level, g) => {
    const rows = outputs.map((f) => rowsWithin(measured, g, f));
    return { level, rows: rows.includes(null) ? null : Math.max(...rows.map(Number)) };
  });
}
