/** Which column of a file of bars is which of a bar's: told by the header's names, or by the shape of a Binance kline. */
import { BAR_FEATURES } from 'minotaur-core/internal/bars/bar';
import { fail } from 'minotaur-core/internal/base/errors';
import { listed } from './csv/listed.ts';
import { parseNumber } from './csv/parse.ts';
import { unitOf } from './csv/time-unit.ts';
import { requireOnce } from './csv/telling.ts';
import type { WantedColumn } from './table-source.ts';

/** Columns by the names that files use; the first name is ours. */
const NAMES: readonly (readonly string[])[] = [
  ['open_time', 'openTime'],
  ['close_time', 'closeTime'],
  ['available_at', 'availableAt'],
  ['time', 'timestamp', 'datetime', 'date'],
  ['dollar_volume', 'quote_volume', 'quote_asset_volume'],
  ['num_ticks', 'count', 'number_of_trades'],
];
const TIMES: readonly string[] = ['open_time', 'close_time', 'available_at', 'time'];
const NEEDED: readonly string[] = ['open', 'high', 'low', 'close', 'volume'];
const ALIASES = new Map(NAMES.flatMap((names) => names.map((name) => [name.toLowerCase(), names[0]])));

/** Klines as Binance publishes them, which have no header: the name of each field. */
const KLINE = [
  'open_time',
  ...NEEDED,
  'close_time',
  'quote_volume',
  'count',
  'taker_buy_volume',
  'taker_buy_quote_volume',
  'ignore',
];

/** Volume as CryptoDataDownload names it, by what it is counted in: first the base, then what is paid. `Volume buy` counts in nothing. */
const VOLUME_IN = /^[Vv]olume [A-Z0-9]{2,10}$/;

/** Names by which MetaTrader exports bars. */
const METATRADER = ['<open>', '<tickvol>'];

/** Whether a column of our name is a time. */
export const isTime = (name: string): boolean => TIMES.includes(name);

/** The columns wanted of a file with these. @throws where one is missing or there twice */
export function wantedColumns(names: readonly string[], where: string): WantedColumn[] {
  const wanted = new Map<string, number>();
  requireNoMetaTrader(names, where);
  const meant = ownNames(names);
  names.forEach((name, at) => {
    const key = meant[at];
    const known = ALIASES.get(key) ?? (BAR_FEATURES as readonly string[]).find((feature) => feature === key);
    if (known === undefined) return;
    if (wanted.has(known))
      fail('input', where, `one ${known} column`, `${names[wanted.get(known) as number]} and ${name}`);
    wanted.set(known, at);
  });
  const missing = NEEDED.filter((name) => !wanted.has(name));
  if (missing.length > 0)
    fail(
      'input',
      where,
      `columns ${NEEDED.join(', ')} (bars are read by these names alone)`,
      `none named ${missing.join(', ')} among ${listed(names)}`,
    );
  if (!TIMES.some((name) => wanted.has(name) && name !== 'available_at')) {
    const expected =
      'a time, timestamp, datetime, date, open_time or close_time column (bars are read by these names alone)';
    fail('input', where, expected, `the columns ${listed(names)}`);
  }
  requireOnce(names, [...wanted.values()], where);
  if (names.some((name) => /^base_?(asset_)?volume$/i.test(name.trim()))) {
    const expected = 'volume in base units: that of base_asset_volume under this name, and contracts under another';
    fail('input', where, expected, 'volume and base_asset_volume, as bars of inverse contracts have them');
  }
  return [...wanted];
}

/** Names without case; those of CryptoDataDownload, whose two volumes say by their order which is which, as ours. What they are is held against the prices. */
function ownNames(names: readonly string[]): string[] {
  const keys = names.map((name) => name.trim().toLowerCase());
  const volumes = names.flatMap((name, at) => (VOLUME_IN.test(name.trim()) ? [at] : []));
  // Averages and sums of a day are called so elsewhere; whose bars these are stands in all of theirs.
  if (volumes.length !== 2 || keys.includes('volume') || !keys.includes('symbol')) return keys;
  const [base, quote] = volumes;
  const isCounted = keys.includes('unix');
  return keys.map((key, at) => {
    if (at === base) return 'volume';
    if (at === quote) return 'quote_volume';
    // The same time stands in both; the number leaves no question of its zone.
    if (key === 'unix') return 'time';
    return isCounted && key === 'date' ? '' : key.replace(/^tradecount$/, 'count');
  });
}

/** @throws where the bars are MetaTrader's, of which neither times nor volumes can be told */
function requireNoMetaTrader(names: readonly string[], where: string): void {
  const keys = new Set(names.map((name) => name.trim().toLowerCase()));
  if (!METATRADER.every((name) => keys.has(name))) return;
  const expected = `bars with one time in a zone that is known, and a volume (columns time, ${NEEDED.join(', ')})`;
  const found = 'bars of MetaTrader: day and time apart, by the clock of the broker, and a count of ticks as volume';
  fail('input', where, expected, found);
}

/** The names of the columns of a file without a header, whose first row this is. @throws where it is no kline */
export function klineNames(cells: readonly string[], where: string): readonly string[] {
  const numbers = cells.map((cell) => parseNumber(Buffer.from(cell), 0, cell.length));
  const [opened, open, high, low, close] = numbers;
  const prices = high >= Math.max(open, close, low) && low > 0;
  const times = unitOf(opened) !== undefined && unitOf(opened) === unitOf(numbers[6]) && numbers[6] > opened;
  // The last field says nothing, and some copies leave it out.
  if ((cells.length === KLINE.length || cells.length === KLINE.length - 1) && times && prices) return KLINE;
  const found = `${cells.length} fields: ${cells.join(', ').slice(0, 200)}`;
  return fail('input', where, 'a header row, or a Binance kline (12 fields)', found);
}
