/** What `inspect` says in words. */
import { figure } from 'minotaur-core/internal/base/figures';
import { factsOf } from '../../pages/inspect-facts.ts';
import type { InspectReport } from '../../runs.ts';
import { decisions, findingLines } from './findings.ts';
import { entry } from './lines.ts';

export function inspectLines(report: InspectReport): string[] {
  const { files, findings, seconds } = report;
  const what = files.flatMap(({ path, files: many, layout, timeUnit, container, because }) => {
    const more = many === 1 ? '' : ` and ${figure(many - 1)} more`;
    return [
      ...entry('file', `${path}${more}: ${layout}, ${timeUnit}, ${container === 'none' ? 'plain' : container}`),
      ...entry('', because),
    ];
  });
  return [
    ...what,
    ...factsOf(report).flatMap(([name, text]) => entry(name, text)),
    '',
    ...findingLines(findings),
    ...(findings.length === 0 ? [] : ['']),
    `${decisions(findings)} (${seconds.toFixed(1)} s)`,
  ];
}
