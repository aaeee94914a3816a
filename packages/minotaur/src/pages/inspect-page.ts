/** The page of `inspect`. */
import type { InspectReport } from '../runs/inspection/inspect.ts';
export const inspectPage = (report: InspectReport): string => report.kind;
