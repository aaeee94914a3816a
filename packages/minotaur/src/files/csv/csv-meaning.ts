/** What the first rows of a text table say of how its numbers are to be taken. */
import { fail } from 'minotaur-core/internal/base/errors';
import { numberOf } from 'minotaur-core/internal/base/texts';
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { countingOf, requireAmounts, requireCounted, type SaidAmounts } from '../trades/contracts.ts';
import { symbolOfName } from '../trades/file-symbol.ts';
import { BASE_NAMES, otherAmounts, requireNoProduct } from '../trades/product-column.ts';
import { readingOf } from '../trades/reading.ts';
import { evidenceOf } from './evidence.ts';
import { isHeader, type InputOptions, type Layout } from './layout.ts';
import type { AmountColumns } from './sampled-amounts.ts';
import { plainName } from './telling.ts';

/** Of columns that are not read, the one with the quantity in base units. */
export const baseName = (unread: readonly string[]): string | undefined =>
  unread.find((name) => BASE_NAMES.has(plainName(name)));

interface FirstTexts {
  readonly file: string;
  /** Those of the instrument. */
  readonly rows: readonly (readonly string[])[];
  /** The first row of the file. */
  readonly names: readonly string[];
  readonly layout: Layout;
  readonly told: VenueProfile | undefined;
  readonly symbol: string | undefined;
  readonly exchange: string | undefined;
  readonly delimiter: number;
}

/**
 * Gives the amounts that later rows have to agree with as well; undefined where there are none.
 * @throws where they say that a quantity or a price is something else than it would be read as
 */
export function requireMeaning(first: FirstTexts, options: InputOptions): AmountColumns | undefined {
  const { file, layout, told, symbol = options.instrument?.symbol ?? symbolOfName(file), exchange } = first;
  const { instrument, decimal } = options;
  requireCounted({ symbol, exchange, layout: layout.name, told }, instrument, file);
  if (decimal !== undefined) return undefined;
  if (first.delimiter === SEMICOLON) requireNoGroups(first);
  requireQuantity(first, options);
  return requireSaid(first, options);
}

/** The quantity is not what another column makes of the price. */
function requireQuantity({ file, rows, names, layout, told }: FirstTexts, options: InputOptions): void {
  if (!isHeader(names) || layout.isFixed) return;
  const { fields, name } = layout;
  const evidence = evidenceOf(layout, names, readingOf(options.instrument, told));
  const number = (row: readonly string[], at: number): number => numberOf(row[at]?.trim() ?? '');
  for (const other of otherAmounts({ layout: name, ...evidence }, options, countingOf(options.instrument, told))) {
    const at = names.indexOf(other);
    const amounts = rows.map((row) => ({
      price: number(row, fields.price),
      quantity: Math.abs(number(row, fields.quantity)),
      other: Math.abs(number(row, at)),
    }));
    requireNoProduct(amounts, other, evidence.columns ?? {}, file);
  }
}

const SEMICOLON = 59;
/** As a price of a thousand or more is written where decimals follow a comma. */
const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+$/;

/** Semicolons stand between fields where decimals follow a comma: there `60.104` is sixty thousand. */
function requireNoGroups({ file, rows, layout }: FirstTexts): void {
  const prices = rows.map((row) => row[layout.fields.price]?.trim() ?? '');
  if (prices.length < 2 || !prices.every((text) => GROUPED.test(text))) return;
  const expected = "`input: { decimal: ',' }`, by which it is read as thousands, or `input: { decimal: '.' }`";
  fail('input', `${file}, the price`, expected, `"${prices[0]}" between semicolons, which may be either`);
}

function requireSaid(
  { file, rows, names, layout, told }: FirstTexts,
  { instrument, inspect }: InputOptions,
): AmountColumns | undefined {
  const { fields } = layout;
  const counting = countingOf(instrument, told);
  const header = isHeader(names);
  const unread = names.filter((_, at) => at !== fields.quantity);
  const named = header ? baseName(unread) : undefined;
  // Not a column without a name, as pandas writes its index.
  const base = named === undefined ? -1 : names.indexOf(named);
  const quote = inspect || !header ? -1 : fields.quote;
  if (counting === undefined || (base < 0 && quote < 0) || layout.isFixed) return undefined;
  const number = (row: readonly string[], at: number): number => numberOf(row[at]?.trim() ?? '');
  const said = rows.map((row): SaidAmounts => {
    const quantity = Math.abs(number(row, fields.quantity));
    return { price: number(row, fields.price), quantity, base: number(row, base), quote: number(row, quote) };
  });
  const called = { quantity: names[fields.quantity], base: names[base], quote: names[quote] };
  requireAmounts(said, counting, called, file);
  // An inspection counts the rows that do not agree.
  return inspect ? undefined : { price: fields.price, quantity: fields.quantity, base, quote, counting, names: called };
}
