/**
 * The same trades in another place, to find what a chain reads beside them. A value that an operator takes from a table of its
 * own, keyed by time or by row, is invisible to every check that changes the future of the trades: it does not come from them.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { sameBits } from 'minotaur-core/internal/base/canonical';
import type { FeatureGraph, GraphNode } from 'minotaur-core/internal/features/contract/graph';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import { AGE_OF_CALENDAR } from '../harness/calendar.ts';
import { createRowColumns, datedReads, graphsOf, hasRows } from '../harness/row-columns.ts';
import type { MakeEngine } from '../harness/sides.ts';
import type { Table } from '../harness/table.ts';
import { traceEngine, type TracedEngine } from '../harness/trace.ts';

/** Rows of a node that have to be there, and values it has to take, before it can be said to ignore its inputs. */
const ENOUGH_ROWS = 30;
const ENOUGH_VALUES = 10;

/** What a stretch of one market gave, by the names of {@link graphsOf}. */
type Tables = ReadonlyMap<string, Table>;

interface Market extends TracedEngine {
  /** What was emitted since the last clear; asked once. */
  take(): Tables;
}

/** A chain of its own, for one market. */
export function createMarket(make: MakeEngine): Market {
  const traced = traceEngine(make);
  const { plan } = traced.engine;
  const anew = hasRows(plan) ? createRowColumns(plan) : undefined;
  let known: Tables | undefined;
  return {
    ...traced,
    clear() {
      traced.clear();
      known = undefined;
    },
    take() {
      const { bars, rows } = traced.trace;
      return (known ??= new Map([...bars, ...(anew === undefined ? [] : [[ROWS, anew.take(rows, 'found')] as const])]));
    },
  };
}

/**
 * Whether the boundaries of every clock fall on the same places a calendar later, and trades mean the same: laws of local time,
 * holidays and adjustments have dates.
 */
export function canMove(plan: Plan): boolean {
  if (plan.instruments.some(({ adjustments }) => adjustments.length > 0)) return false;
  return plan.clocks.every(({ source }) => {
    const grid = 'grid' in source ? source.grid : 'anchor' in source ? source.anchor : undefined;
    return grid === undefined || (grid.lines.length === 0 && AGE_OF_CALENDAR % grid.every === 0);
  });
}

/**
 * Columns that say when, and what the catalogue makes of them other than by the calendar: they may change with the date. An
 * operator of the user's may not, unless its family is `date`.
 */
function datedColumns(
  graph: FeatureGraph,
  own: ReadonlySet<string>,
  given: Iterable<number> = [COLUMN.open_time, COLUMN.close_time, COLUMN.available_at],
): ReadonlySet<number> {
  const dated = new Set(given);
  for (const { op, inputs, outputs } of graph.nodes) {
    const may = own.has(op.name) ? op.family === 'date' : op.family !== 'calendar';
    if (may && inputs.some((c) => dated.has(c))) for (const c of outputs) dated.add(c);
  }
  return dated;
}

/** The first value that is another 28 years away. */
export function firstMoved(plan: Plan, here: Tables, away: Tables, compared: { values: number }): string | undefined {
  const own = new Set(plan.config.operators.map((op) => op.name));
  for (const { name, graph } of graphsOf(plan)) {
    const given = hasRows(plan) && name === ROWS ? datedReads(plan, (one) => datedColumns(one, own)) : undefined;
    const dated = datedColumns(graph, own, given);
    const columns = graph.columns.flatMap((_, c) => (dated.has(c) ? [] : [c]));
    const [a, b] = [here.get(name) as Table, away.get(name) as Table];
    if (a.times.length !== b.times.length) return `clock ${name}: ${a.times.length} bars here, ${b.times.length} away`;
    for (let r = 0; r < a.times.length; r++) {
      compared.values += columns.length;
      for (const c of columns) {
        const at = r * graph.columns.length + c;
        if (sameBits(a.values[at], b.values[at])) continue;
        const ordinal = a.values[r * graph.columns.length + COLUMN.ordinal];
        const where = name === ROWS ? `row ${r} of a stretch` : `clock ${name}, bar ${ordinal}`;
        return `${where}, ${graph.columns[c].text}: expected ${a.values[at]} 28 years away too, found ${b.values[at]}: it reads something that its inputs do not say (one that means the date itself is of family 'date')`;
      }
    }
  }
  return undefined;
}

/** The first node that says the same of another market: its values vary, its inputs are other, and it does not care. */
export function firstIndifferent(plan: Plan, here: Tables, other: Tables): string | undefined {
  for (const { name, graph } of graphsOf(plan)) {
    const [a, b] = [here.get(name) as Table, other.get(name) as Table];
    const rows = Math.min(a.times.length, b.times.length);
    if (rows < ENOUGH_ROWS) continue;
    for (const node of graph.nodes) {
      if (isIndifferent(node, a, b, rows, graph.columns.length)) {
        return `clock ${name}, ${graph.columns[node.outputs[0]].text}: expected other values for another market, found the same ${rows}: they come from somewhere else`;
      }
    }
  }
  return undefined;
}

function isIndifferent({ inputs, outputs }: GraphNode, a: Table, b: Table, rows: number, width: number): boolean {
  const same = (c: number, r: number): boolean => sameBits(a.values[r * width + c], b.values[r * width + c]);
  const values = new Set<number>();
  const steps = new Set<number>();
  let otherInputs = 0;
  for (let r = 0; r < rows; r++) {
    if (!outputs.every((c) => same(c, r))) return false;
    const value = a.values[r * width + outputs[0]];
    values.add(value);
    if (r > 0) steps.add(value - a.values[(r - 1) * width + outputs[0]]);
    if (inputs.length > 0 && !inputs.some((c) => same(c, r))) otherInputs++;
  }
  // Rows may be counted: a counter that goes up evenly is the same of every market.
  return otherInputs * 2 > rows && values.size >= ENOUGH_VALUES && steps.size > 1;
}
