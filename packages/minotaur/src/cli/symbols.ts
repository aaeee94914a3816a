import { fail } from 'minotaur-core/internal/base/errors';

/**
 * `BTCUSDT=btc/*.csv.gz ETHUSDT=eth/*.csv.gz` by symbol; undefined where no argument names one. Mixing both is refused:
 * the trades of two markets in one chain would be nonsense that looks like data.
 */
export function splitSymbols(patterns: readonly string[] | undefined): ReadonlyMap<string, string[]> | undefined {
  const named = (patterns ?? []).filter((pattern) => /^[A-Za-z0-9_-]+=/.test(pattern));
  if (named.length === 0) return undefined;
  const plain = (patterns ?? []).find((pattern) => !named.includes(pattern));
  if (plain !== undefined) fail('config', '--trades', 'SYMBOL=GLOB for every input, or for none', `'${plain}'`);
  const bySymbol = new Map<string, string[]>();
  for (const pattern of named) {
    const at = pattern.indexOf('=');
    const symbol = pattern.slice(0, at);
    bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), pattern.slice(at + 1)]);
  }
  return bySymbol;
}
