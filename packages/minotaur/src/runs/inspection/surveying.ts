/** Trades read whole and looked at, wherever they are read from. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf, withSettled } from 'minotaur-core/internal/trades/instrument';
import type { InputOptions } from '../../files/csv/layout.ts';
import type { FileLayout } from '../../files/trades/source-block.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import type { TradeSource } from '../../files/trades/text-trades.ts';
import type { SymbolRows } from '../../inspect/survey/findings.ts';
import { createSurvey, type Survey } from '../../inspect/survey/survey.ts';
import type { SettledConfig, SettledInstrument } from '../chain/settled.ts';

/** What of trades was found out. */
export interface SurveyedTrades {
  readonly layouts: readonly FileLayout[];
  readonly settled: SettledConfig;
  readonly instrument: SettledInstrument;
  readonly others: readonly SymbolRows[];
  readonly survey: Survey;
}

/** Trades that are open, their instrument settled. */
export interface OpenedTrades extends Pick<SurveyedTrades, 'layouts' | 'settled' | 'instrument'> {}

/** Where trades come from, and what they are read by. */
export interface Surveying {
  readonly config: Config;
  readonly accept: boolean | undefined;
  /** Opens them anew. */
  readonly open: (options: InputOptions) => Promise<TradeSource>;
  readonly settle: (config: Config, files: readonly string[]) => Promise<SettledConfig>;
}

/**
 * What the trades are, by their beginnings.
 * @throws {MinotaurError} as opening them does
 */
export async function openToSurvey({ config, accept, open, settle }: Surveying): Promise<OpenedTrades> {
  const names = Object.keys(config.instruments ?? {});
  if (names.length > 1) fail('config', 'instruments', 'one, whose files these are', names.join(', '));
  // Where no symbol is declared, the first of the rows is looked at, and others are counted.
  const opened = await open(optionsOf(config, accept));
  opened.close();
  const [{ symbol }] = opened.layouts;
  const isTold = instrumentInputOf(config)?.symbol === undefined && symbol !== undefined;
  const named = isTold ? withSettled(config, { symbol }) : config;
  const settled = await settle(named, opened.files);
  const [{ told, ...instrument }] = settled.instruments;
  const by = isTold ? { symbol: opened.files[0] } : {};
  return { layouts: opened.layouts, settled, instrument: { ...instrument, told: { ...by, ...told } } };
}

const optionsOf = (config: Config, accept: boolean | undefined): InputOptions => ({
  ...sourceOptions(config),
  accept,
  inspect: true,
  // Files are looked at as they stand.
  sort: false,
});

/**
 * Reads them through.
 * @param onTrades told of every block, how many trades it had; waited for
 * @throws {MinotaurError} where a row is not what the file seemed to be
 */
export async function surveyOpened(
  { open, accept }: Surveying,
  opened: OpenedTrades,
  onTrades: (trades: number) => Promise<void>,
): Promise<SurveyedTrades> {
  const { settled, instrument } = opened;
  const source = await open(optionsOf(settled.config, accept));
  const survey = createSurvey(instrument);
  try {
    for await (const block of source.blocks()) {
      survey.add(block);
      await onTrades(block.block.length);
    }
  } finally {
    source.close();
  }
  const others = [...source.others].map(([symbol, rows]) => ({ symbol, rows })).sort((a, b) => b.rows - a.rows);
  return { ...opened, others, survey: survey.report() };
}
