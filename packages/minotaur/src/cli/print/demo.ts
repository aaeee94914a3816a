/** The demo in words, thing by thing. */
import type { DemoEvent, DemoReport } from '../../runs.ts';
import { count } from './figures.ts';
import { checkLines } from './verify.ts';

/** What a score on simulated trades is. */
const SIMULATED =
  'The market is simulated: how much it moves can be foreseen, where to cannot, so there is little to learn.';

export function eventLines(event: DemoEvent): string {
  switch (event.kind) {
    case 'step': {
      const [step, seconds, what] = event.timing;
      return `${step.padEnd(9)} ${seconds.padStart(6)} s  ${what}`;
    }
    case 'rows':
      return `\n${verdictOf(event)}: build  ${event.build}\n${' '.repeat(event.same ? 11 : 14)}replay ${event.replay}\n`;
    case 'predictions': {
      const { dataSet, live, verdict } = event.learned;
      return `\n${verdictOf(event)}: predictions over the data set ${dataSet.slice(0, 16)}, live ${live.slice(0, 16)}\ntest ROC AUC: ${verdict}\n${SIMULATED}\n`;
    }
    case 'check':
      return checkLines(event.outcome);
  }
}

const verdictOf = ({ same }: { readonly same: boolean }): string => (same ? 'same bits' : 'NOT THE SAME');

/** Figures of the build, each with what it counts. */
export function demoFigures({ counts, columns }: DemoReport['build']): [string, string][] {
  return [
    [count(counts.trades), 'trades'],
    ...Object.entries(counts.bars).map(([clock, n]): [string, string] => [count(n), `${clock} bars`]),
    [count(counts.rows), 'rows'],
    [count(counts.readyRows), 'of them ready'],
    [String(columns.length), 'columns a row'],
  ];
}
