/** Which column of a file of bars is which of a bar's: told by the header's names, or by the shape of a Binance kline. */
import { BAR_FEATURES } from 'minotaur-core/internal/bars/bar';
import { fail } from 'minotaur-core/internal/base/errors';
import { areDeclared, declaredColumns, type BarColumnMapping } from './bars-columns.ts';
import { listed } from './csv/listed.ts';
import { parseNumber } from './csv/parse.ts';
import { unitOf } from './csv/time-unit.ts';
import { requireOnce } from './csv/telling.ts';
import { metaTraderColumns, metaTraderNames } from './metatrader.ts';
import { placesOf, type WantedColumn } from './wanted-column.ts';

/** Columns by the names that files use; the first name is ours. */
const NAMES: readonly (readonly string[])[] = [
  ['open_time', 'openTime'],
  ['close_time', 'closeTime'],
  ['available_at', 'availableAt'],
  ['time', 'timestamp', 'datetime', 'date', 'gmt time'],
  ['dollar_volume', 'quote_volume', 'quote_asset_volume'],
  ['num_ticks', 'count', 'number_of_trades'],
];
const TIMES = new Set(['open_time', 'close_time', 'available_at', 'time']);
/** By which it is known when a bar was. */
const STAMPS: readonly string[] = ['open_time', 'close_time', 'time'];
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

/** Whether a column of our name is a time. */
export const isTime = (name: string): boolean => TIMES.has(name);

/** What of a file of bars is said, not told. */
export interface BarNaming {
  readonly barColumns?: BarColumnMapping | undefined;
  readonly zone?: string | undefined;
}

/** The columns wanted of a file with these. @throws where one is missing or there twice */
export function wantedColumns(names: readonly string[], where: string, naming: BarNaming = {}): WantedColumn[] {
  const { barColumns = {} } = naming;
  const declared = declaredColumns(metaTraderColumns(names, naming, where) ?? barColumns, names, where);
  const wanted = new Map(declared.map((column) => [column[0], column]));
  // What is said to be the time is the time.
  const isSettled = (name: string): boolean =>
    wanted.has(name) || (STAMPS.includes(name) && declared.some(([one]) => STAMPS.includes(one)));
  const taken = new Set(declared.flatMap(placesOf));
  const meant = ownNames(names);
  const found = new Map<string, number>();
  names.forEach((name, at) => {
    const key = meant[at];
    const known = ALIASES.get(key) ?? (BAR_FEATURES as readonly string[]).find((feature) => feature === key);
    if (known === undefined || taken.has(at) || isSettled(known)) return;
    const before = found.get(known);
    if (before !== undefined)
      fail(
        'input',
        where,
        `one ${known} column`,
        `${names[before]} and ${name}: state \`barColumns\` in the configuration`,
      );
    found.set(known, at);
  });
  for (const [name, at] of found) wanted.set(name, [name, at]);
  requireNeeded(wanted, names, where);
  requireOnce(names, [...wanted.values()].flatMap(placesOf), where);
  if (barColumns.volume === undefined && names.some((name) => /^base_?(asset_)?volume$/i.test(name.trim()))) {
    const expected = 'volume in base units: that of base_asset_volume under this name, and contracts under another';
    fail('input', where, expected, 'volume and base_asset_volume, as bars of inverse contracts have them');
  }
  return [...wanted.values()];
}

function requireNeeded(wanted: ReadonlyMap<string, WantedColumn>, names: readonly string[], where: string): void {
  const missing = NEEDED.filter((name) => !wanted.has(name));
  if (missing.length > 0) {
    const expected = `columns ${NEEDED.join(', ')}, or \`barColumns\` in the configuration`;
    fail('input', where, expected, `none named ${missing.join(', ')} among ${listed(names)}`);
  }
  if (STAMPS.some((name) => wanted.has(name))) return;
  const expected =
    'a time, timestamp, datetime, date, open_time or close_time column, or `barColumns` in the configuration';
  fail('input', where, expected, `the columns ${listed(names)}`);
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

/**
 * The names of the columns of a file without a header, whose first row this is: those of a Binance kline, those of MetaTrader, or none,
 * where their places are declared.
 * @throws where it is none of these
 */
export function namesOfShape(
  cells: readonly string[],
  where: string,
  barColumns: BarColumnMapping | undefined,
): readonly string[] {
  const known = isKline(cells) ? KLINE : metaTraderNames(cells);
  if (known !== undefined) return known;
  if (areDeclared(barColumns, cells, where)) return cells;
  const found = `${cells.length} fields: ${cells.join(', ').slice(0, 200)}`;
  const expected = 'a header row, a Binance kline (12 fields), or the places of `barColumns` in the configuration';
  return fail('input', where, expected, found);
}

function isKline(cells: readonly string[]): boolean {
  const numbers = cells.map((cell) => parseNumber(Buffer.from(cell), 0, cell.length));
  const [opened, open, high, low, close] = numbers;
  const prices = high >= Math.max(open, close, low) && low > 0;
  const times = unitOf(opened) !== undefined && unitOf(opened) === unitOf(numbers[6]) && numbers[6] > opened;
  // The last field says nothing, and some copies leave it out.
  return (cells.length === KLINE.length || cells.length === KLINE.length - 1) && times && prices;
}
