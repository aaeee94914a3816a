/** Files of trades, read whole and looked at. */
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf, withSettled } from 'minotaur-core/internal/trades/instrument';
import { fail } from 'minotaur-core/internal/base/errors';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { openTrades, type FileLayout } from '../../files/trades/trade-source.ts';
import { createSurvey, type Survey } from '../../inspect/survey/survey.ts';
import type { SymbolRows } from '../../inspect/survey/findings.ts';
import { settleInstruments, type SettledConfig, type SettledInstrument } from '../chain/settle.ts';
import { createCourse, type RunOptions } from '../course/options.ts';

/** What of files of trades was found out. */
export interface SurveyedTrades {
  readonly layouts: readonly FileLayout[];
  readonly settled: SettledConfig;
  readonly instrument: SettledInstrument;
  readonly others: readonly SymbolRows[];
  readonly survey: Survey;
}

/** What files are read by. */
export interface Reading extends RunOptions {
  /** Files and globs. */
  readonly files: readonly string[];
  readonly config: Config;
  readonly accept: boolean | undefined;
}

/** Files that are open, their instrument settled. */
export interface OpenedTrades extends Pick<SurveyedTrades, 'layouts' | 'settled' | 'instrument'> {}

/**
 * What the files are, by their beginnings.
 * @throws {MinotaurError} as opening them does
 */
export async function openForSurvey({ files, config, accept }: Reading): Promise<OpenedTrades> {
  const names = Object.keys(config.instruments ?? {});
  if (names.length > 1) fail('config', 'instruments', 'one, whose files these are', names.join(', '));
  // Where no symbol is declared, the first of the rows is looked at, and others are counted.
  const opened = await openTrades(files, optionsOf(config, accept));
  opened.close();
  const [{ symbol }] = opened.layouts;
  const isTold = instrumentInputOf(config)?.symbol === undefined && symbol !== undefined;
  const named = isTold ? withSettled(config, { symbol }) : config;
  const settled = await settleInstruments(named, { trades: opened.files, accept });
  const [{ told, ...instrument }] = settled.instruments;
  const by = isTold ? { symbol: opened.files[0] } : {};
  return { layouts: opened.layouts, settled, instrument: { ...instrument, told: { ...by, ...told } } };
}

const optionsOf = (config: Config, accept: boolean | undefined) => ({
  ...sourceOptions(config),
  accept,
  inspect: true,
  // Files are looked at as they stand.
  sort: false,
});

/**
 * Reads them through.
 * @throws {MinotaurError} where a row is not what the file seemed to be
 */
export async function surveyTrades(reading: Reading, opened: OpenedTrades): Promise<SurveyedTrades> {
  const { settled, instrument } = opened;
  const course = createCourse(reading, { step: 'inspect', unit: 'trades' });
  const source = await openTrades(reading.files, optionsOf(settled.config, reading.accept));
  const survey = createSurvey(instrument);
  try {
    for await (const block of source.blocks()) {
      survey.add(block);
      await course.add(block.block.length);
    }
  } finally {
    source.close();
  }
  const others = [...source.others].map(([symbol, rows]) => ({ symbol, rows })).sort((a, b) => b.rows - a.rows);
  return { ...opened, others, survey: survey.report() };
}
