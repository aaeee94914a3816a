/** `init` of files of bars that somebody made: a configuration that takes them, tried on them. */
import { fail } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { instrumentInputOf, withSettled } from 'minotaur-core/internal/trades/instrument';
import { barriersOf } from '../../inspect/draft/barriers.ts';
import { barsDraftsOf, type BarsDraft } from '../../inspect/draft/bars-draft.ts';
import { barsText } from '../../inspect/draft/bars-text.ts';
import { barsBase } from '../../inspect/draft/base.ts';
import { READY_WITHIN } from '../../inspect/draft/draft.ts';
import type { DraftFacts } from '../../inspect/draft/sections.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { settleInstruments } from '../chain/settle.ts';
import type { SurveyedBars } from './bars-survey.ts';
import { tryBars, type TrialOutcome } from './dry-build.ts';
import type { Reading } from './surveyed.ts';

/** A configuration for bars, and what came of it. */
export interface DraftedBars {
  readonly text: string;
  readonly draft: BarsDraft;
  readonly tried: TrialOutcome;
  /** Seconds. */
  readonly span: number;
  readonly findings: readonly Finding[];
}

/** @throws {MinotaurError} where they are too few for any, or a build would refuse them */
export async function draftBars(
  surveyed: SurveyedBars,
  reading: Reading,
  facts: Pick<DraftFacts, 'schema' | 'data' | 'files'>,
): Promise<DraftedBars> {
  const { report, isTimeAssumed, symbol } = surveyed;
  const { rows, from, to, interval, columns } = report;
  const isTold = instrumentInputOf(reading.config)?.symbol === undefined && symbol !== undefined;
  const named = isTold ? withSettled(reading.config, { symbol }) : reading.config;
  const { config: settled, instruments } = await settleInstruments(named, { accept: reading.accept });
  const base = barsBase(settled, instruments[0], surveyed);
  const span = ((to ?? 0) - (from ?? 0)) / MICROS_PER_SECOND;
  // Where it says that they are kept, nothing is left to decide.
  const findings = report.findings.filter(({ name }) => name !== 'invalid' || base.bars?.invalid !== 'keep');
  const drafts = barsDraftsOf({ rows, interval, columns }, base);
  const { draft, tried } = (await firstReady(drafts, reading, from ?? 0, span)) ?? failFew(rows, findings);
  const text = barsText({
    ...facts,
    draft,
    barriers: barriersOf(tried.closes),
    span: { bars: rows, from, to },
    interval,
    isTimeAssumed,
    findings,
    tried: { ...tried, bars: tried.trades },
  });
  return { text, draft, tried, span, findings };
}

/** The first whose rows are ready early enough; else the one whose are ready first. */
async function firstReady(
  drafts: readonly BarsDraft[],
  { files, accept, onProgress, signal }: Reading,
  from: number,
  span: number,
): Promise<{ readonly draft: BarsDraft; readonly tried: TrialOutcome } | undefined> {
  let best: { readonly draft: BarsDraft; readonly tried: TrialOutcome } | undefined;
  for (const draft of drafts) {
    const tried = await tryBars({ config: draft.config, files, accept, onProgress, signal, from });
    if (tried.readyAfter <= READY_WITHIN * span) return { draft, tried };
    if (tried.readyRows > 0 && tried.readyAfter < (best?.tried.readyAfter ?? Infinity)) best = { draft, tried };
  }
  return best;
}

function failFew(rows: number, findings: readonly Finding[]): never {
  const wrong = findings.flatMap(({ kind, text }) => (kind === 'wrong' ? [text] : []));
  const found = [`${rows.toLocaleString('en')} bars`, ...wrong].join('; ');
  return fail(
    'input',
    'the span of the files',
    'bars enough for rows to become ready: some dozens at the least',
    found,
  );
}
