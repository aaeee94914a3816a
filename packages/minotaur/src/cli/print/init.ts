/** What `init` says in words. */
import { duration, figure, percent } from 'minotaur-core/internal/base/figures';
import type { InitReport } from '../../runs.ts';
import { decisions, findingLines } from './findings.ts';
import { entry } from './lines.ts';

export function initLines(report: InitReport): string[] {
  const { out, features, threshold, trades, rows, readyRows, readyAfter, share, findings, seconds } = report;
  const wrong = findings.filter(({ kind }) => kind === 'wrong');
  return [
    ...entry('written', `${out}: features ${features}, dollar bars of ${figure(threshold)}`),
    ...entry(
      'tried',
      `${figure(trades)} trades -> ${figure(rows)} rows, ${figure(readyRows)} ready, the first after ${duration(readyAfter)}, ${percent(share)} of the span`,
    ),
    ...findingLines(wrong),
    // In one line, to be taken as it is.
    `next      npx minotaur run ${quoted(out)}`,
    `${decisions(findings)} (${seconds.toFixed(1)} s)`,
  ];
}

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
