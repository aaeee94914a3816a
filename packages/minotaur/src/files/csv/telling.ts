/** Columns that say what is traded: rows that differ there are of two instruments, and never one series. */
import { fail } from 'minotaur-core/internal/base/errors';

/** A name without case and punctuation; OKX writes a translation behind a slash. */
export const plainName = (name: string): string =>
  name
    .replace(/\/.*$/s, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/**
 * Refuses columns that are there twice, of which pandas and the like call the second `close.1`: they are of two tables, and which
 * one is meant nobody knows.
 */
export function requireOnce(names: readonly string[], read: readonly number[], where: string): void {
  for (const at of read) {
    const again = names.find((name) => name.replace(/\.\d+$/, '') === names[at] && name !== names[at]);
    if (again !== undefined)
      fail('input', where, `one ${names[at]} column: tables of two things one by one`, `${names[at]} and ${again}`);
  }
}

/** A condition as a configuration writes it: YAML takes `0` for a number, and `true` for none of a text either. */
export const whereOf = (column: string, text: string): string =>
  `\`input: { where: { ${column}: ${/^(?!(?:true|false|null|yes|no|on|off)$)[a-z_][\w.-]*$/i.test(text) ? text : `'${text}'`} } }\``;

/** What is traded, without case and punctuation, in whatever script it is written. */
const plainSymbol = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Names of the column with the symbol. */
export const SYMBOL_NAMES: readonly string[] = ['symbol', 'instrument', 'instrumentname', 'instid', 'productid'];

/** And of others that say it. Not `exchange`, of which a consolidated tape has many, nor names that conditions and amounts have as well: `code`, `base`. */
const TELLING = new Set(
  [
    'pair tradingpair currencypair tokenpair coinpair market marketid ticker sym symroot symsuffix symbolid symbolname rawsymbol localsymbol',
    'tradingsymbol instrumentid inst seccode security stock ric isin asset name pool coin crypto basecurrency product',
    'contract contractcode contractmonth expiry expiration maturity strike underlying optiontype',
    'markettype contracttype instrumenttype producttype category segment currency quotecurrency',
  ]
    .flatMap((names) => names.split(' '))
    .concat(SYMBOL_NAMES),
);

/** Names of the column with the exchange: of a consolidated tape there are many, but of one house's markets each is a series. */
const EXCHANGE_NAMES = new Set(['exchange', 'venue', 'exch']);

/** A column that says what is traded. */
export interface TellingColumn {
  readonly at: number;
  readonly name: string;
  /** Absent: what is traded. `house`: whose market it is; `kind`: whether it is a trade; `over`: whether it is over, of a bar. */
  readonly says?: 'house' | 'kind' | 'over';
  /** Whether no other column is the side: words of one may mean it here. */
  readonly mayBeSide?: boolean;
}

/** Those of `names` that say it, but for `settled` ones. */
export function tellingColumns(names: readonly string[], settled: ReadonlySet<number>): TellingColumn[] {
  return names.flatMap((name, at): TellingColumn[] => {
    const key = plainName(name);
    if (settled.has(at)) return [];
    if (EXCHANGE_NAMES.has(key)) return [{ at, name, says: 'house' }];
    return TELLING.has(key) ? [{ at, name }] : [];
  });
}

/** The house that an exchange is of: `binance` and `binance-futures` are two markets of one. */
const houseOf = (exchange: string): string => exchange.split(/[-_. ]/)[0].toLowerCase();
/** What sets one of its markets apart. Exchanges of a tape are kin by name alone: `NYSE` and `NYSE ARCA` trade the same. */
const MARKET = /spot|future|deliver|swap|option|perp|linear|inverse|derivative|usd-?m|coin-?m|\bdm\b/i;

/**
 * Whether the first rows are of several exchanges, as a consolidated tape is: the rest is not looked at row by row.
 * @throws where two of them are markets of one house
 */
export function isTape(column: TellingColumn, rows: readonly (readonly string[])[], file: string): boolean {
  const exchanges = new Set(rows.map((row) => row[column.at]?.trim() ?? ''));
  if (exchanges.size < 2) return false;
  const { requireSame } = createTelling();
  for (const exchange of exchanges) requireSame(column, exchange, () => file);
  return true;
}

/** What the rows of one series have said so far, in one file or several. */
export interface Telling {
  /** Refuses a row whose `column` says another thing than those before it. */
  requireSame(column: Pick<TellingColumn, 'name' | 'says' | 'mayBeSide'>, text: string, where: () => string): void;
}

/**
 * @param symbols what the instrument is called, where that is known: a symbol's column has to say one of them, whatever its case
 *   and punctuation
 * @param mend what takes the rows of one alone, by the column and its text
 */
export function createTelling(
  symbols: readonly string[] = [],
  mend = (column: string, text: string): string => `${whereOf(column, text)} reads those of one alone`,
): Telling {
  const told = new Map<string, string>();
  const known = new Set(symbols.map(plainSymbol));
  return {
    requireSame({ name: column, says }, text, where) {
      const key = says === 'house' ? `${column} ${houseOf(text)}` : column;
      const before = told.get(key) ?? text;
      told.set(key, before);
      if (text !== before && (says !== 'house' || MARKET.test(text) || MARKET.test(before))) {
        const expected = `${column} ${JSON.stringify(before)}, as in the rows before: ${mend(column, before === '' ? text : before)}`;
        fail('input', where(), expected, JSON.stringify(text));
      }
      if (known.size > 0 && SYMBOL_NAMES.includes(plainName(column)) && !known.has(plainSymbol(text)))
        fail('input', where(), `rows of ${symbols.join(' or ')}`, `${column} ${JSON.stringify(text)}`);
    },
  };
}
