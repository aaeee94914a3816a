/** The laws of bar kinds, for one of your own: every law on generated settings, trades and blocks. */
import { listOf, numeric, optionsOf, requireKind } from 'minotaur-core/internal/base/options';
import type { BarKind } from 'minotaur-core/internal/bars/kind';
import { BAR_LAWS } from './bar-laws/index.ts';
import { barSubjects, type BarSubject } from './bar-subject.ts';
import { lawsNamed, SEED, type CheckOptions, CHECK } from './options.ts';
import { describeReport, type LawReport } from './report.ts';
import { createTradeSample, simplerTrades, type TradeSample } from './trades.ts';
import { tryLaw, type Trial } from './try-law.ts';

/** What may be said about the check of a bar kind; none of it has to be. `samples` are those of each of its settings. */
export interface BarKindCheckOptions extends CheckOptions {
  /** Thresholds to try, in the unit of the kind: some of which several of a thousand ordinary trades reach. */
  readonly thresholds?: readonly number[];
}

const BAR_KIND = optionsOf<BarKindCheckOptions>({}, { ...CHECK, thresholds: listOf(numeric) });

const SAMPLES = 25;
/** Of every magnitude, so that some are reached often. */
const THRESHOLDS = [3, 60, 150_000];

/** Tries every law on a bar kind and says which hold. What is generated is in the report. */
export function checkBarKind(kind: BarKind, options: BarKindCheckOptions = {}): LawReport {
  requireKind('checkBarKind', BAR_KIND, options);
  const { thresholds = THRESHOLDS, samples = SAMPLES, seed = SEED } = options;
  const subjects = barSubjects(kind, thresholds);
  const trial: Trial<BarSubject, TradeSample> = {
    subjects,
    parametersOf: ({ settings }) => settings,
    create: createTradeSample,
    simpler: simplerTrades,
    seed,
    samples: samples * subjects.length,
  };
  const laws = lawsNamed(options.laws, BAR_LAWS).map((law) => tryLaw(law, trial));
  const holds = laws.every(({ failure }) => failure === null);
  return { name: kind.name, holds, parameters: subjects.map(({ settings }) => settings), laws };
}

/**
 * Tries every law on a bar kind and throws where one does not hold: the message says law, settings, bar, what was expected and
 * what was found; `cause` is the report.
 */
export function assertBarKind(kind: BarKind, options: BarKindCheckOptions = {}): void {
  requireKind('assertBarKind', BAR_KIND, options);
  const report = checkBarKind(kind, options);
  if (!report.holds) throw new Error(describeReport(report), { cause: report });
}
