/** The page of `demo`. */
import type { Verdict } from '../../verify/verify.ts';
import { chartScripts, type Charts } from './charts.ts';
import { escapeHtml, page, table } from './html.ts';
import { checkTable } from './verdict-checks.ts';
import { failures } from './verdict-failures.ts';
import { PARTS_STYLE } from './verdict-parts.ts';
import { timeline } from './verdict-timeline.ts';

function banner(holds: boolean, text: string): string {
  const word = holds ? 'Same bits' : 'Not the same';
  return `<div class="verdict${holds ? '' : ' bad'}"><b>${word}</b><span>${escapeHtml(text)}</span></div>`;
}

function tiles(entries: readonly (readonly [figure: string, label: string])[]): string {
  const tile = ([figure, label]: readonly [string, string]): string =>
    `<div class="tile"><b>${escapeHtml(figure)}</b>${escapeHtml(label)}</div>`;
  return `<div class="tiles">${entries.map(tile).join('')}</div>`;
}

export interface DemoFacts {
  readonly verdict: Verdict;
  readonly buildDigest: string;
  readonly replayDigest: string;
  readonly learned: { readonly dataSet: string; readonly live: string; readonly auc: number };
  readonly figures: readonly (readonly [string, string])[];
  readonly timings: readonly (readonly [step: string, seconds: string, what: string])[];
  readonly charts: Charts;
}

export function demoPage(facts: DemoFacts): string {
  const same = facts.buildDigest === facts.replayDigest;
  const { learned } = facts;
  const sameModel = learned.dataSet === learned.live;
  const text =
    same && sameModel
      ? 'The historical build and the live replay, one trade at a time, gave rows and predictions with equal SHA-256.'
      : `The historical build and the live replay differ in ${same ? 'predictions' : 'rows'}.`;
  const low = facts.charts.lines.map(
    (line, i) => `<div class="chart-title">${escapeHtml(line.title)}</div><div class="chart low" id="line${i}"></div>`,
  );
  const body = [
    PARTS_STYLE,
    banner(same && sameModel && facts.verdict.holds, text),
    tiles(facts.figures),
    `<h2>Digests</h2>${table(
      ['run', 'SHA-256'],
      [
        ['build, rows', facts.buildDigest],
        ['replay, rows', facts.replayDigest],
        ['data set, predictions', learned.dataSet],
        ['live, predictions', learned.live],
      ],
    )}`,
    `<h2>${escapeHtml(facts.charts.title)}</h2><div class="chart" id="candles"></div>${low.join('')}`,
    `<h2>Checks</h2>${checkTable(facts.verdict)}${failures(facts.verdict, [])}`,
    `<h2>Checks over time</h2>${timeline(facts.verdict.checks)}`,
    `<h2>Timings</h2>${table(['step', 'seconds', 'what'], facts.timings)}`,
  ].join('\n');
  return page({
    title: 'Minotaur: demo',
    lead: 'Simulated trades, built as history and replayed as live.',
    body,
    scripts: chartScripts(facts.charts),
  });
}
