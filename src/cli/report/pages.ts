/** The pages that commands leave behind. */
import type { Verdict } from '../../verify/verify.ts';
import { formatTime } from '../../core/time.ts';
import { describeAmounts, type CheckResult } from '../../verify/check.ts';
import { chartScripts, type Charts } from './charts.ts';
import { escapeHtml, page, table } from './html.ts';

function banner(holds: boolean, text: string): string {
  const word = holds ? 'Same bits' : 'Not the same';
  return `<div class="verdict${holds ? '' : ' bad'}"><b>${word}</b><span>${escapeHtml(text)}</span></div>`;
}

function tiles(entries: readonly (readonly [figure: string, label: string])[]): string {
  const tile = ([figure, label]: readonly [string, string]): string =>
    `<div class="tile"><b>${escapeHtml(figure)}</b>${escapeHtml(label)}</div>`;
  return `<div class="tiles">${entries.map(tile).join('')}</div>`;
}

function describeFirst({ first }: CheckResult): string {
  if (first === null) return '';
  if ('message' in first) return first.message;
  const where = first.clock === '' ? `row ${first.row}` : `${first.clock} bar ${first.row}, trade ${first.trade}`;
  return `${first.stage}: ${where} at ${formatTime(first.time)}, ${first.feature}: expected ${first.expected} (${first.expectedBits}), found ${first.found} (${first.foundBits})${first.note === undefined ? '' : `; ${first.note}`}`;
}

function checkTable({ checks }: Verdict): string {
  const rows = checks.map((check) => [
    check.holds ? 'holds' : 'FAILS',
    check.name,
    check.law,
    describeAmounts(check.compared),
    describeFirst(check),
  ]);
  return table(['', 'check', 'what it says', 'compared', 'first divergence'], rows);
}

/** The page of `verify --report`. */
export function verdictPage(verdict: Verdict, inputs: readonly string[]): string {
  const failed = verdict.checks.filter((check) => !check.holds).map((check) => check.name);
  const text = verdict.holds ? `all ${verdict.checks.length} checks hold` : `failed: ${failed.join(', ')}`;
  return page({
    title: 'Minotaur: verification',
    lead: inputs.join(', '),
    body: `${banner(verdict.holds, text)}<h2>Checks</h2>${checkTable(verdict)}`,
  });
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

/** The page of `demo`. */
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
    `<h2>Checks</h2>${checkTable(facts.verdict)}`,
    `<h2>Timings</h2>${table(['step', 'seconds', 'what'], facts.timings)}`,
  ].join('\n');
  return page({
    title: 'Minotaur: demo',
    lead: 'Simulated trades, built as history and replayed as live.',
    body,
    scripts: chartScripts(facts.charts),
  });
}
