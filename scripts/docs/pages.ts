/** Every generated page, by its path under docs/. A pure function of the sources: the same sources give the same bytes. */
import { readFileSync } from 'node:fs';
import { BAR_COLUMNS, COLUMN } from '../../packages/core/src/bars/bar.ts';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import { buildGraph } from '../../packages/core/src/features/contract/graph.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { runGraph } from '../../packages/minotaur/src/verify/memory/full-run.ts';
import { measureOperator } from '../../packages/minotaur/src/verify/memory/operator-memory.ts';
import { configurationPage } from './configuration-page.ts';
import { decisionsPage } from './decisions-page.ts';
import { exampleExpression } from './example.ts';
import { indexPage } from './index-page.ts';
import { memoryPage } from './memory-page.ts';
import { operatorPage } from './operator-page.ts';
import { chooseRows, plot, type Curve } from './plot.ts';
import { roomTables } from './rooms.ts';
import { withSection } from './section.ts';
import { docStretch } from './stretch.ts';
import { venueTable } from './venue-table.ts';

export function docPages(): Map<string, string> {
  const ops = [...catalogue.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const measured = ops.map((op) => measureOperator(op, catalogue));
  const stretch = docStretch();
  const pages = new Map<string, string>();
  const written = (page: string): string => readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  pages.set('architecture.md', withSection(written('architecture.md'), 'rooms', roomTables()));
  pages.set('venues.md', withSection(written('venues.md'), 'venues', venueTable()));
  pages.set('decisions/README.md', decisionsPage());
  pages.set('configuration.md', configurationPage());
  pages.set('memory.md', memoryPage(measured));
  pages.set('operators/README.md', indexPage(ops));
  for (const one of measured) {
    const outputs = outputsOn(stretch, one.op);
    pages.set(`operators/${one.op.name}.md`, operatorPage(one, occurs(outputs.curves)));
    pages.set(`operators/plots/${one.op.name}.svg`, picture(outputs, stretch));
  }
  return pages;
}

interface Outputs {
  readonly curves: readonly Curve[];
  readonly lookback: number;
}

/** The example, run; so that what a page shows is sure to run. */
function outputsOn(stretch: readonly Float64Array[], op: Operator): Outputs {
  const names = op.outputs.map((_, k) => `out${k}`);
  const graph = buildGraph([`${exampleExpression(op)} as ${names.join(', ')}`], BAR_COLUMNS, catalogue);
  const { lookback } = graph.columns[graph.features[0].column];
  const { values, times } = runGraph(graph, stretch);
  const curves = graph.features.map(({ column }, k) => ({
    name: op.outputs.length > 1 ? op.outputs[k] : op.name,
    values: Float64Array.from(times, (_, r) => values[r * graph.columns.length + column]),
  }));
  return { curves, lookback };
}

/** Whether there is anything but 0: the rarest patterns do not occur at all. */
function occurs(curves: readonly Curve[]): boolean {
  return curves.some(({ values }) => values.some((value) => Math.abs(value) > 0));
}

function picture({ curves, lookback }: Outputs, stretch: readonly Float64Array[]): string {
  return plot(stretch[COLUMN.close], curves, chooseRows(curves, lookback));
}
