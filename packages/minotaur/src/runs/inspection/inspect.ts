/** `inspect`: what files are, and what has to be decided before they are used. */
import {
  flag,
  listOf,
  optionsOf,
  requireKind,
  textual,
  type Needed,
  type Optional,
} from 'minotaur-core/internal/base/options';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { loadReading, configInput } from '../../files/config-file.ts';
import { openEnded, openEndWords } from '../../files/open-ends.ts';
import { expandPaths } from '../../files/paths.ts';
import type { Finding } from '../../inspect/survey/finding.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { beginRun, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { inspectTable } from './other-kinds.ts';
import { openForSurvey, surveyTrades, type Reading } from './surveyed.ts';
import type { OpenedTrades } from './surveying.ts';
import type { TableInspection } from './table-inspection.ts';
import { tradesInspection, type TradesInspection } from './trades-inspection.ts';

/** What `inspect` takes. */
export interface InspectOptions extends RunOptions {
  /** Files and globs. */
  readonly files: readonly string[];
  /** Says of the instrument, and how the files are read, what they do not say themselves; it need not have clocks. */
  readonly config?: ConfigInput | string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
}

export const NEEDED: Needed<InspectOptions> = { files: listOf(textual, 'a list of files and globs') };
export const OPTIONAL: Optional<InspectOptions> = { ...RUN, config: configInput, accept: flag };
const INSPECT = optionsOf<InspectOptions>(NEEDED, OPTIONAL);

/** What `inspect` found. */
export type InspectReport = (TradesInspection | TableInspection) & {
  /** That it took. */
  readonly seconds: number;
};

/**
 * Reads files and says what they are.
 * @throws {MinotaurError} of kind `input` where they cannot be read: why, and what to declare
 */
export async function inspect(options: InspectOptions): Promise<InspectReport> {
  requireKind('inspect', INSPECT, options);
  const started = beginRun(options);
  const { files, accept, config: argument = { clocks: {} } } = options;
  const reading: Reading = { ...options, files, accept, config: await loadReading(argument) };
  const opened = await openOrTable(reading);
  const report = 'kind' in opened ? opened : tradesInspection(await surveyTrades(reading, opened));
  const findings = [...report.findings, ...(await cutFindings(files))];
  return { ...report, findings, seconds: secondsSince(started) };
}

/** Files that may lack what comes behind their end. */
async function cutFindings(files: readonly string[]): Promise<Finding[]> {
  const cut = await openEnded(expandPaths(files));
  return cut.map((file) => ({ name: 'cut', kind: 'note', text: openEndWords(file), mend: null, places: [] }));
}

/** Trades first; what is refused as such may be bars, or a series. */
async function openOrTable(reading: Reading): Promise<OpenedTrades | TableInspection> {
  try {
    return await openForSurvey(reading);
  } catch (error) {
    if (!(error instanceof MinotaurError && error.kind === 'input')) throw error;
    const table = await inspectTable(reading.files, { ...sourceOptions(reading.config), accept: reading.accept });
    if (table !== undefined) return table;
    throw error;
  }
}
