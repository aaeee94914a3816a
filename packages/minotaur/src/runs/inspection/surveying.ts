/** Trades read whole and looked at, wherever they are read from. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf, withSettled } from 'minotaur-core/internal/trades/instrument';
import type { InputOptions } from '../../files/csv/layout.ts';
import type { FileLayout } from '../../files/trades/source-block.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import type { TradeSource } from '../../files/trades/text-trades.ts';
import type { SymbolRows } from '../../inspect/survey/findings.ts';
import { canBeSorted, needsOrder, withOrderOf, withoutOrder } from '../../inspect/survey/in-order.ts';
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
 * Reads them through; once more in order of time, where they stand in another and are not too many for that.
 * @param onTrades told of every block, how many trades it had; waited for
 * @throws {MinotaurError} where a row is not what the file seemed to be
 */
export async function surveyOpened(
  surveying: Surveying,
  opened: OpenedTrades,
  onTrades: (trades: number) => Promise<void>,
): Promise<SurveyedTrades> {
  const surveyed = await readThrough(surveying, opened, false, onTrades);
  const { survey } = surveyed;
  if (!needsOrder(survey)) return surveyed;
  if (!canBeSorted(survey)) return { ...surveyed, survey: withoutOrder(survey) };
  // What ids are good for is told by the first of them in order, as it is to a run that sorts.
  const { config } = surveying;
  const sorting = { ...config, trades: { ...config.trades, sort: true } };
  const { settled, ...again } = await openToSurvey({ ...surveying, config: sorting });
  const inOrder = { ...again, settled: { ...settled, config: { ...settled.config, trades: config.trades } } };
  const sorted = await readThrough(surveying, inOrder, true, () => onTrades(0));
  return { ...sorted, survey: withOrderOf(survey, sorted.survey) };
}

async function readThrough(
  { open, accept }: Surveying,
  opened: OpenedTrades,
  sort: boolean,
  onTrades: (trades: number) => Promise<void>,
): Promise<SurveyedTrades> {
  const { settled, instrument } = opened;
  const source = await open({ ...optionsOf(settled.config, accept), sort });
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
