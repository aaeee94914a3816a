/** The symbol that a file's name gives, as venues name their dumps: evidence where the rows have none. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import { failSeveral } from './symbol-filter.ts';

const NAMES: readonly RegExp[] = [
  // Binance: BTCUSDT-trades-2024-08-08.zip, also with the market between.
  /^([A-Z0-9_]+)-(?:[a-z]+-)?(?:trades|aggTrades)-\d{4}-\d\d/,
  // The same as people rename them: only what ends in a currency, since else any word would be a symbol.
  /^([a-z0-9]{2,10}[-_]?(?:usdt|usdc|busd|fdusd|usd|eur|gbp|jpy|krw|try|btc|eth|bnb)(?:[-_]perp)?)[-_](?:[a-z]+[-_])?(?:agg)?trades[-_]\d{4}[-_]\d\d/i,
  // Klines of Binance: BTCUSDT-1m-2024-08.zip.
  /^([A-Z0-9_]+)-(?:\d{1,2}[smhdw]|1mo)-\d{4}-\d\d/,
  // Bybit: BTCUSDT2024-08-08.csv.gz, BTCUSDT_2024-08-08.csv.gz.
  /^([A-Z][A-Z0-9]*?[A-Z])_?\d{4}-\d\d-\d\d\.csv/,
  // A pair and its month or day, BTC-USD_2024-01.csv, and the Kraken archive's XBTUSD.csv. Capitals that end in a currency, since else any word would be one.
  /^([A-Z0-9]{2,10}[-_]?(?:USDT|USDC|USD|EUR|GBP|BTC|ETH))_\d{4}-\d\d(?:-\d\d)?\./,
  /^(?=[A-Z]{6,12}\.csv)([A-Z]+(?:USDT|USD|EUR|GBP|BTC|ETH))\.csv(?:\.gz|\.zst)?$/,
];

/** Of tardis: its columns are those of trades, while its rows are only the trades of liquidations. */
const LIQUIDATIONS = /^[a-z0-9-]+_liquidations_\d{4}-\d\d-\d\d/;

/** The symbol in the name of a file; undefined where it is named otherwise. */
export function symbolOfName(path: string): string | undefined {
  for (const name of NAMES) {
    const match = name.exec(baseName(path));
    if (match !== null) return match[1];
  }
  return undefined;
}

const baseName = (path: string): string => path.split(/[/\\]/).at(-1) ?? '';

/** Kraken and BitMEX call XBT what others call BTC. */
const plain = (symbol: string): string =>
  symbol
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('XBT', 'BTC');

/** What an instrument that is named for its coin alone leaves out. */
const CURRENCY = /(?:USDT|USDC|USD|EUR|GBP|BTC|ETH)$/;

/** Refuses files whose names give another symbol than the instrument's, or, where none is declared, several; and those that are named for what is no trades. */
export function requireNamed(files: readonly string[], instrument: InstrumentInput | undefined): void {
  const other = files.find((file) => LIQUIDATIONS.test(baseName(file)));
  if (other !== undefined)
    fail('input', other, 'a file of all trades (`accept` takes it as it is)', 'one that is named for liquidations');
  const named = files.map((file) => ({ file, symbol: symbolOfName(file) }));
  const symbols = [
    ...new Map(named.flatMap(({ symbol }) => (symbol === undefined ? [] : [[plain(symbol), symbol]]))).values(),
  ];
  if (instrument?.symbol === undefined) {
    if (symbols.length > 1) failSeveral(symbols, 'the names of the files');
    return;
  }
  const own = new Set([instrument.symbol, ...(instrument.formerly ?? [])].map(plain));
  for (const { file, symbol } of named) {
    if (symbol === undefined || own.has(plain(symbol)) || own.has(plain(symbol).replace(CURRENCY, ''))) continue;
    const expected = `a file of ${instrument.symbol} (a new name is declared with \`formerly\`; \`accept\` takes it as it is)`;
    fail('input', file, expected, `one that is named for ${symbol}`);
  }
}
