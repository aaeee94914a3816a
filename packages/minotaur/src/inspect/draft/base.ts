/** What of a configuration follows from what the trades are: the instrument, and how what is wrong with them is handled. */
import type { Config, ConfigInput } from 'minotaur-core/internal/config/config';
import { instrumentInputOf, type Instrument, type InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import { DEFAULT_POLICY } from 'minotaur-core/internal/trades/intake';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import { lateHandling } from '../survey/late.ts';
import type { Survey } from '../survey/survey.ts';
import type { BarsBase } from './bars-draft.ts';
import type { DraftBase } from './draft.ts';

/** `settled`: what was read by; what it says stays. */
export function draftBase(settled: Config, instrument: Instrument, survey: Survey): DraftBase {
  const trades = handlingOf(settled, survey);
  return { ...statedBase(settled, instrument), ...(Object.keys(trades).length === 0 ? {} : { trades }) };
}

/** The same of bars. */
export function barsBase(settled: Config, instrument: Instrument, { isTimeAssumed, usable }: BarsFacts): BarsBase {
  const stated = statedBase(settled, instrument);
  const { invalid } = settled.bars;
  const input = isTimeAssumed ? { barTime: 'open' as const, ...stated.input } : stated.input;
  const handling = invalid === 'drop' && usable > 0 ? 'keep' : invalid;
  return {
    ...stated,
    ...(input && { input }),
    ...(handling === 'drop' ? {} : { bars: { invalid: handling } }),
  };
}

/** What of bars decides how they are read. */
interface BarsFacts {
  readonly isTimeAssumed: boolean;
  readonly usable: number;
}

function statedBase(settled: Config, instrument: Instrument): Omit<DraftBase, 'trades'> {
  const input = definedOf(settled.input);
  return {
    ...namesOf(settled, instrument),
    ...(Object.keys(settled.calendars).length === 0 ? {} : { calendars: settled.calendars }),
    ...(Object.keys(input).length === 0 ? {} : { input }),
  };
}

/** The instrument in the shortest form; nothing where nothing is known of it that its files do not tell. */
function namesOf(settled: Config, { name }: Instrument): Pick<DraftBase, 'symbol' | 'instruments'> {
  const input: InstrumentInput = definedOf({ ...instrumentInputOf(settled) });
  const ids = input.venue === undefined ? 'dense' : (profileNamed(input.venue)?.defaults.ids ?? 'dense');
  const isNamed = input.symbol !== undefined;
  const own = definedOf({
    ...input,
    symbol: input.symbol === name ? undefined : input.symbol,
    ids: input.ids === ids || !isNamed ? undefined : input.ids,
  });
  if (Object.keys(own).length > 0) return { instruments: { [name]: own } };
  return isNamed ? { symbol: name } : {};
}

function handlingOf(
  { trades }: Config,
  { sides, disorder, problems, span }: Survey,
): NonNullable<ConfigInput['trades']> {
  const said = Object.fromEntries(
    Object.entries(trades).filter(([key, value]) => value !== (DEFAULTS as Record<string, unknown>)[key]),
  );
  const isHandled = trades.reorder !== undefined || trades.sort || trades.disorder !== 'reject';
  const late = problems.disorder?.rows ?? 0;
  return {
    ...said,
    ...(late > 0 && !isHandled ? lateHandling(late, span.trades, disorder.seconds).trades : {}),
    ...(problems.time !== undefined && trades.times === 'reject' ? { times: 'drop' } : {}),
    ...(sides.verdict === 'none' ? { side: 'tickRule' } : {}),
  };
}

const DEFAULTS = { ...DEFAULT_POLICY, sort: false };

function definedOf<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
