/** Files of trades, read whole and looked at. */
import type { Config } from 'minotaur-core/internal/config/config';
import { openTrades } from '../../files/trades/trade-source.ts';
import { settleInstruments } from '../chain/settle.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { openToSurvey, surveyOpened, type OpenedTrades, type SurveyedTrades, type Surveying } from './surveying.ts';

/** What files are read by. */
export interface Reading extends RunOptions {
  /** Files and globs. */
  readonly files: readonly string[];
  readonly config: Config;
  readonly accept: boolean | undefined;
}

const surveyingOf = ({ files, config, accept }: Reading): Surveying => ({
  config,
  accept,
  open: (options) => openTrades(files, options),
  // What is wrong with the files is looked at, and no reason not to.
  settle: (named, trades) => settleInstruments(named, { trades, accept: true }),
});

/**
 * What the files are, by their beginnings.
 * @throws {MinotaurError} as opening them does
 */
export function openForSurvey(reading: Reading): Promise<OpenedTrades> {
  return openToSurvey(surveyingOf(reading));
}

/**
 * Reads them through.
 * @throws {MinotaurError} where a row is not what the file seemed to be
 */
export function surveyTrades(reading: Reading, opened: OpenedTrades): Promise<SurveyedTrades> {
  const course = createCourse(reading, { step: 'inspect', unit: 'trades' });
  return surveyOpened(surveyingOf(reading), opened, course.add);
}
