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
import type { BarInputOptions } from './bars-source.ts';
import type { ColumnMapping, InputOptions } from './csv/layout.ts';

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
