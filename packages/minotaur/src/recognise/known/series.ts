/** Series that operators are used over, and words for them in the names of columns. */

/** A series: its expression, and what it is called, in small letters. */
export interface Series {
  readonly expression: string;
  readonly names: readonly string[];
}

/** The likeliest first. */
export const SERIES: readonly Series[] = (
  [
    ['close', 'close c adjclose price'],
    ['open', 'open'],
    ['high', 'high'],
    ['low', 'low'],
    ['volume', 'volume vol'],
    ['typprice(high, low, close)', 'hlc typical typprice tp'],
    ['medprice(high, low)', 'hl median medprice'],
    ['avgprice(open, high, low, close)', 'ohlc avgprice'],
    ['pct_change(close, 1)', 'return returns ret rets pctchange'],
    ['log_return(close)', 'logreturn logreturns logret lret'],
    ['diff(close, 1)', 'change delta'],
    ['log(close)', 'logclose logprice'],
    ['high - low', 'range barrange'],
    ['trange(high, low, close)', 'tr truerange'],
    ['dollar_volume', 'dollarvolume quotevolume amount turnover'],
    ['num_ticks', 'numticks trades'],
    ['trade_imbalance', 'imbalance tradeimbalance'],
  ] as const
).map(([expression, names]) => ({ expression, names: names.split(' ') }));
