/** The page of `verify --report`. */
import { loadingLines } from '../verify/watch/loading-lines.ts';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { renderVerdictPage, type BannerProps, type WarmupProps } from '#view';
import type { DriftReport } from '../runs/verification/drift.ts';
import { takenWords } from '../runs/chain/taken-words.ts';
import type { ReproFile } from '../runs/verification/repro.ts';
import type { TakenEvents } from '../runs/verification/taken.ts';
import { readyLines } from '../verify/harness/certificate.ts';
import { fails, type CheckResult } from '../verify/harness/check.ts';
import type { Verdict } from '../verify/verify.ts';
import { answersOf } from './answers.ts';
import { coverageOf } from './coverage.ts';
import { failuresOf, firstDivergence, placeOf } from './failures.ts';
import { featureOf, lineageData, lineageFrom } from './lineage.ts';
import { ribbonsOf } from './ribbons.ts';

export interface VerdictFacts {
  /** Absent where only drift was asked for. */
  readonly verdict?: Verdict | undefined;
  /** Files or directories that were read, and the configuration. */
  readonly lead: string;
  readonly events: 'trades' | 'bars' | 'trades and bars';
  /** Absent where it cannot be had: rows of another version, or of operators that are not at hand. */
  readonly plan?: Plan | undefined;
  /** What of the files was taken; absent where nothing was read, or it is not known. */
  readonly taken?: TakenEvents | undefined;
  readonly reproducers: readonly ReproFile[];
  readonly drift?: DriftReport | undefined;
}

/** Checks that, together, answer what the page promises. */
const ANSWERING = ['parity', 'lookahead', 'availability'];
const PROMISE = ' As far as they went, the model sees live what it was trained on, and nothing of the future.';

/** One HTML file: the verdict, and whatever else the facts have. */
export function verdictPage({ verdict, lead, events, plan, taken, reproducers, drift }: VerdictFacts): string {
  const { checks = [] } = verdict ?? {};
  const lineage = plan && lineageData(plan);
  const judged = verdict && {
    banner: bannerOf(verdict),
    answers: answersOf(checks),
    ...coverageOf({ checks, events, columns: plan?.columns.length }),
    taken: taken === undefined ? [] : takenWords(taken),
    failures: failuresOf(checks, reproducers, (first) => lineage && featureOf(first, lineage)),
    ribbons: ribbonsOf(checks),
    checks: checks.map((check) => ({ ...check, notes: loadingLines(check) })),
  };
  return renderVerdictPage({
    lead,
    judged,
    lineage: lineage && lineageFrom(lineage, firstDivergence(checks)),
    warmup: warmupOf(checks),
    drift,
  });
}

function warmupOf(checks: readonly CheckResult[]): WarmupProps | undefined {
  const certificate = checks.find((check) => check.certificate !== undefined)?.certificate;
  return certificate && { ...certificate, ready: readyLines(certificate.ready) };
}

function bannerOf({ holds, checks }: Verdict): BannerProps {
  if (holds) {
    const all = checks.length === 1 ? 'The one check that ran holds.' : `All ${checks.length} checks hold.`;
    const answered = ANSWERING.every((name) => checks.some((check) => check.name === name));
    return { kind: 'good', word: 'Everything holds', text: answered ? all + PROMISE : all };
  }
  const failed = checks.filter(fails).map(({ name }) => name);
  if (failed.length === 0) {
    const open = checks.filter(({ answered }) => !answered).map(({ name }) => name);
    const text = `${open.length} of ${checks.length} checks compared nothing: ${open.join(', ')}. What was compared holds.`;
    return { kind: 'neutral', word: 'Not answered', text };
  }
  const first = firstDivergence(checks);
  const where = first === undefined ? '' : ` First difference: ${placeOf(first)}.`;
  const text = `${failed.length} of ${checks.length} checks fail: ${failed.join(', ')}.${where}`;
  return { kind: 'bad', word: 'Something does not hold', text };
}
