/** A column `type` of nothing but `buy` and `sell` is the side, where no other column is: ccxt, Kraken and many scripts write it so. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Page } from '../trades/source-block.ts';
import type { InputOptions, Layout } from './layout-contract.ts';
import type { SideWords } from 'minotaur-core/internal/trades/venues/profile';
import { plainName, type TellingColumn } from './telling.ts';

/** Words that nothing else is meant by; `b` and `s` may be bids and offers, or shares. */
const WORDS: SideWords = { buy: ['buy'], sell: ['sell'] };

/** Names of columns that speak of sides too: whose `type` is then is not to be told. */
const OF_SIDES = /maker|taker|aggress|side$/;

/** The column of those called `names` that may be the side; whoever says which columns are read has said that it is none. */
export function kindThatMayBeSide(
  { telling }: Pick<Layout, 'telling'>,
  names: readonly string[],
  { columns }: Pick<InputOptions, 'columns'>,
): TellingColumn | undefined {
  if (columns !== undefined || names.some((name) => OF_SIDES.test(plainName(name)))) return undefined;
  return telling.find(({ name, mayBeSide }) => mayBeSide === true && plainName(name) === 'type');
}

/** The layout with `column` as its side, where its texts, as far as they are known, say nothing else; {@link requireSides} holds the rows below to that. */
export function withSideOfKind(layout: Layout, column: TellingColumn, texts: readonly string[]): Layout {
  const words = new Set([...WORDS.buy, ...WORDS.sell]);
  if (!texts.every((text) => words.has(text.trim().toLowerCase()))) return layout;
  const telling = layout.telling.filter(({ at }) => at !== column.at);
  return { ...layout, fields: { ...layout.fields, side: column.at }, sides: WORDS, telling };
}

/**
 * Refuses a row that says neither: by all rows the column is no side, and so no row of the same trades in Parquet, of which all are
 * looked at first, would have one.
 */
export function requireSides(
  { name }: TellingColumn,
  { block, words }: Pick<Page, 'block' | 'words'>,
  place: (row: number) => string,
): void {
  const row = block.side.subarray(0, block.length).findIndex((side) => side !== 1 && side !== -1);
  if (row < 0) return;
  const expected = `buy or sell, as in the first rows: \`columns: { side: ${name} }\`, where it is the side, or without it`;
  fail('input', place(row), expected, `${name} ${JSON.stringify(words.get(row) ?? '')}`);
}
