/** What the readers of trades and of bars take. Both take the section `input` of a configuration whole, which is of both. */
import {
  amount,
  byName,
  choice,
  either,
  flag,
  numeric,
  optionsOf,
  textual,
  thing,
  type Optional,
} from 'minotaur-core/internal/base/options';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { BarColumnMapping } from './bars-columns.ts';
import type { ColumnMapping, InputOptions } from './csv/layout.ts';
import type { TimeUnit } from './csv/time-unit.ts';

/** What is not to be told from a file of bars itself. */
export interface BarInputOptions {
  /** Which column is what, of those that are not found by name. */
  readonly barColumns?: BarColumnMapping | undefined;
  /** Of its times; told by their size where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /** The zone of times that name none; UTC where absent. */
  readonly zone?: InputOptions['zone'];
  /** The mark before the decimals of numbers written for people; the other of the two groups thousands. */
  readonly decimal?: InputOptions['decimal'];
  /**
   * What a lone `time` or `timestamp` says. `open`, the default, is the safe reading: taken wrongly it makes a bar known
   * one interval late, never early; times by which a bar of the commonest length would be known early are refused.
   */
  readonly barTime?: 'open' | 'close' | undefined;
  /** Texts that rows have to have in columns, by name, such as `{ pair: 'BTC-USD' }`; others are left out. */
  readonly where?: InputOptions['where'];
  /** Takes bars that are nearly alike, as those of trades are, for bars of time. */
  readonly accept?: boolean | undefined;
  /** Of which instrument they are: a column with the symbol has to say it. */
  readonly instrument?: Pick<InstrumentInput, 'symbol' | 'formerly'> | undefined;
}

/** By its name, or its place. */
const column = either(textual, numeric);

const TRADE_COLUMNS = optionsOf<ColumnMapping>(
  { time: column, price: column, quantity: column },
  { date: column, side: column, id: column, symbol: column },
);

const BAR_COLUMNS = optionsOf<BarColumnMapping>(
  {},
  {
    time: column,
    date: column,
    openTime: column,
    closeTime: column,
    availableAt: column,
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
    dollarVolume: column,
    numTicks: column,
    takerBuyVolume: column,
  },
);

const OF_BOTH = {
  timeUnit: choice(['iso', 'ns', 'us', 'ms', 's']),
  decimal: choice([',', '.']),
  zone: textual,
  where: byName(textual),
  accept: flag,
} as const;
const OF_TRADES: Optional<InputOptions> = {
  ...OF_BOTH,
  columns: TRADE_COLUMNS,
  sideMeans: choice(['taker', 'maker', 'buyerMaker']),
  quantity: choice(['signed']),
  instrument: thing<InstrumentInput>('an instrument'),
  sort: flag,
  late: flag,
  inspect: flag,
  blockRows: amount,
};
const OF_BARS: Optional<BarInputOptions> = {
  ...OF_BOTH,
  barColumns: BAR_COLUMNS,
  barTime: choice(['open', 'close']),
  instrument: thing('an instrument'),
};

export const READ_TRADES = optionsOf<InputOptions>({}, { ...OF_BARS, ...OF_TRADES });
export const READ_BARS = optionsOf<BarInputOptions>({}, { ...OF_TRADES, ...OF_BARS });
