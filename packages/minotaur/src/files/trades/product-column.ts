/** A quantity that is the turnover: the price times another column, which then is the quantity. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InputOptions, Layout } from '../csv/layout-contract.ts';
import { plainName } from '../csv/telling.ts';
import type { FileLayout } from './source-block.ts';
import type { Counting } from './contracts.ts';

/** Names of columns with the quantity in base units, beside the one that is read: what they say of contracts is looked at by itself. */
export const BASE_NAMES: ReadonlySet<string> = new Set([
  'homenotional',
  'baseamount',
  'basevolume',
  'basequantity',
  'baseqty',
]);

/** Names of columns that may be a quantity, whatever else they are called. */
const AMOUNT = /vol|amount|qty|quant|size|notional|value|turnover|funds|cost|total|base|quote|coins/;
/** A product is rounded to some decimals, and a few rows may be of something else. */
const NEAR = 0.01;
const NEARLY_ALL = 0.9;
/** Where a price is as near to 1 the two are the same. */
const APART = 0.02;
const SEVERAL = 20;

/** Columns that may be the quantity instead; none where a known layout, the configuration or the contract says what it is. */
export function otherAmounts(
  { layout, columns = {}, unread = [] }: Pick<FileLayout, 'layout' | 'columns' | 'unread'>,
  options: Pick<InputOptions, 'columns'>,
  counting: Counting | undefined,
): readonly string[] {
  if (layout !== 'generic' || options.columns !== undefined || counting?.contract === 'inverse') return [];
  const { quote } = columns;
  const all = [...unread, ...(quote === undefined ? [] : [quote])];
  return all.filter((name) => AMOUNT.test(plainName(name)) && !BASE_NAMES.has(plainName(name)));
}

/** A row with what stands in one of the other columns. */
export interface AmountRow {
  readonly price: number;
  readonly quantity: number;
  readonly other: number;
}

/** @throws where the quantity is the price times `other` in nearly all rows */
export function requireNoProduct(
  rows: readonly AmountRow[],
  other: string,
  columns: Readonly<Record<string, string>>,
  file: string,
): void {
  const told = rows.filter(({ price, quantity }) => quantity > 0 && Math.abs(price - 1) > APART);
  const products = told.filter((row) => Math.abs(row.quantity - row.price * row.other) <= NEAR * row.quantity);
  if (told.length < SEVERAL || products.length < NEARLY_ALL * told.length) return;
  const { quantity = '', price = '' } = columns;
  const mapped = MAPPED.flatMap((field) => {
    const name = field === 'quantity' ? other : columns[field];
    return name === undefined ? [] : [`${field}: ${/^[a-z_]\w*$/i.test(name) ? name : `'${name}'`}`];
  });
  const expected = `the quantity, not the turnover, in ${quantity}: \`input: { columns: { ${mapped.join(', ')} } }\` (\`accept\` takes ${quantity} as it stands)`;
  fail(
    'input',
    file,
    expected,
    `${quantity}, which is ${price} times ${other} in ${products.length} of ${told.length} rows`,
  );
}

/** What `columns` of a configuration names. */
const MAPPED = [
  'time',
  'price',
  'quantity',
  'side',
  'id',
  'symbol',
] as const satisfies readonly (keyof Layout['fields'])[];
