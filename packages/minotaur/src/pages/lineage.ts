/** Where features come from: of a plan, what a page needs to draw it, and what it shows first. */
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { seriesColumns } from 'minotaur-core/internal/bars/series';
import { describeSource } from 'minotaur-core/internal/chain/plan-source';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import type { FeatureGraph, GraphColumn } from 'minotaur-core/internal/features/contract/graph';
import { TIME } from 'minotaur-core/internal/rows/row-features';
import type { LineageClock, LineageData, LineageProps } from '#view';
import type { Divergence } from '../verify/harness/divergence.ts';
import { graphsOf, hasRows, type PlanOfRows } from '../verify/harness/row-columns.ts';

const AGE = 'seconds since the newest bar of this clock became available';

/** All features of a plan with all that they are computed from. */
export function lineageData(plan: Plan): LineageData {
  const { clocks } = plan;
  const used = new Map(
    graphsOf(plan).flatMap(({ graph }) => graph.nodes.map(({ op }) => [op.name, op.summary] as const)),
  );
  return {
    operators: Object.fromEntries(used),
    barColumns: BAR_COLUMNS,
    clocks: [
      ...clocks.map(({ name, suffix, source, graph }) => ({
        name,
        bars: describeSource(source, clocks),
        parent: parentOf(source),
        ...(source.type === 'series'
          ? { given: seriesColumns(source.values).map((column) => [column, -1] as const) }
          : {}),
        nodes: nodesOf(graph),
        features: [
          ...graph.features.map((f) => [f.name + suffix, f.column, noteOf(graph.columns[f.column])] as const),
          [`age${suffix}`, -1, AGE] as const,
        ],
      })),
      ...(hasRows(plan) ? [rowsOf(plan)] : []),
    ],
  };
}

/** Features of rows, drawn as a clock that follows the one that drives. */
function rowsOf({ clocks, drive, columns, rows: { graph, reads } }: PlanOfRows): LineageClock {
  const clockOf = clocks.flatMap((clock, c) => [...clock.graph.features.map(() => c), c]);
  return {
    name: ROWS,
    bars: `a row with every bar of ${clocks[drive].name}`,
    parent: drive,
    given: reads.map((at) => (at === TIME ? (['time', -1] as const) : ([columns[at], clockOf[at]] as const))),
    nodes: nodesOf(graph),
    features: graph.features.map((f) => [f.name, f.column, noteOf(graph.columns[f.column], 'rows')] as const),
  };
}

const nodesOf = ({ nodes }: FeatureGraph): LineageClock['nodes'] =>
  nodes.map(({ op, params, inputs, outputs }) => [op.name, params, inputs, outputs] as const);

function parentOf(source: ClockPlan['source']): LineageClock['parent'] {
  if ('parent' in source) return source.parent;
  if (source.type === 'series') return 'series';
  return source.type === 'given' ? 'given bars' : 'trades';
}

function noteOf({ text, lookback, memory }: GraphColumn, of = 'bars'): string {
  const remembers =
    memory.class === 'unbounded' ? 'never forgets its start' : `${memory.class} memory, ${memory.rows} ${of}`;
  return `${text}; first value after ${lookback} ${of}; ${remembers}`;
}

/** The feature of a row that a divergence is in; undefined where it is in something that no row holds. */
export function featureOf({ clock, feature }: Divergence, { clocks }: LineageData): string | undefined {
  if (clock === '') return clocks.flatMap(({ features }) => features).find(([name]) => name === feature)?.[0];
  const own = clocks.find(({ name }) => name === clock);
  // It may be a part of a feature: its text is then part of that of the feature.
  return own?.features.find(([, , note]) => note.split(';')[0].includes(feature))?.[0];
}

/** A lineage that shows first the feature that breaks, and the operator in it that does. */
export function lineageFrom(data: LineageData, first: Divergence | undefined): LineageProps {
  const feature = first && featureOf(first, data);
  if (first === undefined || feature === undefined) return { data };
  const operator = first.stage === 'features' ? first.feature.split('(')[0] : undefined;
  return { data, start: { feature, operator } };
}
