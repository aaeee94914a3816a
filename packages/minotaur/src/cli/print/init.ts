/** What `init` says in words. */
import { count, duration, figure, percent } from 'minotaur-core/internal/base/figures';
import { castsDoubt } from '../../pages/inspect-facts.ts';
import type { InitFromReport, InitReport, RecognisedColumn } from '../../runs.ts';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { decisions, findingLines } from './findings.ts';
import { entry } from './lines.ts';

export function initLines(report: InitReport): string[] {
  const { out, features, rows, readyRows, readyAfter, share, findings, seconds } = report;
  const told = findings.filter((finding) => finding.kind === 'wrong' || castsDoubt(finding));
  const made =
    report.kind === 'trades' ? `dollar bars of ${figure(report.threshold)}` : `clocks ${report.clocks.join(', ')}`;
  const tried = report.kind === 'trades' ? `${figure(report.trades)} trades` : `${figure(report.bars)} bars`;
  return [
    ...entry('written', `${out}: features ${features}, ${made}`),
    ...entry(
      'tried',
      `${tried} -> ${figure(rows)} rows, ${figure(readyRows)} ready, the first after ${duration(readyAfter)}, ${percent(share)} of the span`,
    ),
    ...findingLines(told),
    // In one line, to be taken as it is.
    `next      npx minotaur run ${quoted(out)}`,
    `${decisions(findings)} (${seconds.toFixed(1)} s)`,
  ];
}

/** What a table was found to be, the columns that look ahead and those that are unknown last. */
export function initFromLines({ out, from, rows, columns, commands, uncompared, seconds }: InitFromReport): string[] {
  const groups = ['', 'AHEAD', 'unknown'];
  const known = columns.filter(({ expression }) => expression !== null).length;
  return [
    ...entry(
      'written',
      `${out}: ${count(known)} of ${count(columns.length)} columns of ${oneLine(from)}, ${count(rows)} rows`,
    ),
    ...groups.flatMap((group) =>
      columns
        .filter((column) => groupOf(column) === group)
        .flatMap(({ name, text }) => entry(group, `${oneLine(name)}: ${oneLine(text)}`)),
    ),
    // In one line each, to be taken as they are.
    ...commands.map((command, k) => `${k === 0 ? 'next' : '    '}      ${command}`),
    ...(uncompared.length === 0
      ? []
      : entry(
          'left out',
          `of the comparison, as a list cannot hold their names: ${uncompared.map((name) => `'${oneLine(name)}'`).join(', ')}`,
        )),
    `${seconds.toFixed(1)} s`,
  ];
}

function groupOf({ form, looksAhead }: RecognisedColumn): string {
  if (form === null) return 'unknown';
  return looksAhead ? 'AHEAD' : '';
}

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
