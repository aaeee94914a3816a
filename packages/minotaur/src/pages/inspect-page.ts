/** The page of `inspect`. */
import { oneLine } from 'minotaur-core/internal/base/printable';
import { renderInspectPage } from '#view';
import type { InspectReport } from '../runs/inspection/inspect.ts';
import { inspectionParts } from './inspect-parts.ts';

/** One HTML file: what files are, and what has to be decided before they are used. */
export function inspectPage(report: InspectReport): string {
  const paths = report.files.map(({ path, files }) => oneLine(files === 1 ? path : `${path} and ${files - 1} more`));
  return renderInspectPage({ lead: paths.join(', '), ...inspectionParts(report) });
}
