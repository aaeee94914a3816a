/** What a command prints: its report as JSON, or in words. */

/** Of every command. */
export interface OutputFlags {
  /** The report as JSON. */
  readonly json?: boolean | undefined;
}

/** Prints a report. */
export function print<Report>(report: Report, json: boolean | undefined, words: (report: Report) => string): void {
  console.log(json ? toJson(report) : words(report));
}

export function toJson(report: unknown): string {
  return JSON.stringify(report, null, 2);
}

/** Exit code 1: the question was answered, and something does not hold. */
export function failUnless(holds: boolean): void {
  if (!holds) process.exitCode = 1;
}

/** The same of checks: one that fails is an answer, also where others had nothing to compare; without one it takes all of them (2). */
export function failUnlessAll(checks: readonly { readonly holds: boolean; readonly answered: boolean }[]): void {
  failUnless(!checks.some(({ holds, answered }) => answered && !holds));
  if (process.exitCode !== 1 && checks.some(({ answered }) => !answered)) process.exitCode = 2;
}
