/** Which features are drawn first. */

/** Features that a page of a run shows first. */
export const SHOWN = 2;

/** Features that say something when drawn, the first of each kind that there is. */
const KINDS = ['rsi', 'macd_hist', 'trade_imbalance', 'natr', 'volatility', 'roc', 'log_return', 'volume'];
const LINES = 4;

/** Features that say something when drawn: one of each kind; where these are too few, whatever comes first. */
export function tellingColumns(columns: readonly string[]): string[] {
  const told = KINDS.flatMap((kind) => columns.find((name) => name.startsWith(kind)) ?? []);
  return [...new Set([...told, ...columns])].slice(0, LINES);
}
