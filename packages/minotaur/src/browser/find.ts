/** What trades are, and a configuration that suits them. */
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { FoundTrades } from '#view';
import { parseText } from '../files/config-text.ts';
import { TOLD_BY_ROWS, toldBySource } from '../files/trades/told.ts';
import { draftBase } from '../inspect/draft/base.ts';
import { draftsOf } from '../inspect/draft/draft.ts';
import { inspectionParts } from '../pages/inspect-parts.ts';
import { settleWith, type SettledConfig } from '../runs/chain/settled.ts';
import { openToSurvey, surveyOpened, type Surveying } from '../runs/inspection/surveying.ts';
import { tradesInspection } from '../runs/inspection/trades-inspection.ts';
import { CONFIGURATION } from './change.ts';
import { configText, plainDraft } from './config-draft.ts';
import type { Handed } from './handed.ts';

/** The instrument of a configuration, where it leaves something open as the trades say. */
export function settleBy(config: Config, { open }: Handed): Promise<SettledConfig> {
  const ask = async (_: string, options: Parameters<Handed['open']>[0]) =>
    toldBySource(await open({ ...options, blockRows: TOLD_BY_ROWS }), options);
  return settleWith(config, { ask });
}

/**
 * Reads trades through.
 * @param reading a configuration that says how they are read; it need not say anything
 * @throws {MinotaurError} where they cannot be read: why, and what to declare
 */
export async function findTrades(
  handed: Handed,
  reading: string,
  onTrades: (trades: number) => void,
): Promise<FoundTrades> {
  const {
    clocks: _,
    drive: __,
    features: ___,
    ...said
  } = reading.trim() === '' ? {} : parseText(reading, CONFIGURATION);
  const input: ConfigInput = { ...said, clocks: {} };
  const config = parseConfig(input, CONFIGURATION);
  const surveying: Surveying = {
    config,
    accept: undefined,
    open: handed.open,
    settle: (named) => settleBy(named, handed),
  };
  const opened = await openToSurvey(surveying);
  const surveyed = await surveyOpened(surveying, opened, async (trades) => onTrades(trades));
  const { settled, instrument, survey } = surveyed;
  const base = draftBase(settled.config, instrument, survey);
  const draft = draftsOf(survey.span, base).at(0)?.config ?? plainDraft(base, survey.span);
  return {
    inspection: inspectionParts(tradesInspection(surveyed)),
    config: configText(draft, handed),
    clocks: Object.keys(draft.features ?? {}),
  };
}
