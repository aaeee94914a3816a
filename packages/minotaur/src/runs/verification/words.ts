/** What checks say in words, for whoever prints their results. */
export type { FaultOutcome } from '../../verify/faults/fault.ts';
export { describeAmounts, fails, type CheckResult } from '../../verify/harness/check.ts';
export { certificateLines } from '../../verify/harness/certificate.ts';
export { describeShadow } from '../../verify/shadow/shadow.ts';
export type { ConfigReport } from '../../verify/testing/check-config.ts';
export { describeFailure, type LawReport } from '../../verify/testing/report.ts';
export { loadingLines } from '../../verify/watch/loading-lines.ts';
