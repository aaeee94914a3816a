/** A column `type` of nothing but `buy` and `sell` is the side, where no other column is: ccxt, Kraken and many scripts write it so. */
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

/** The layout with `column` as its side, where its texts, as far as they are known, say nothing else. A row below that does has an unknown word. */
export function withSideOfKind(layout: Layout, column: TellingColumn, texts: readonly string[]): Layout {
  const words = new Set([...WORDS.buy, ...WORDS.sell]);
  if (texts.length === 0 || !texts.every((text) => words.has(text.trim().toLowerCase()))) return layout;
  const telling = layout.telling.filter(({ at }) => at !== column.at);
  return { ...layout, fields: { ...layout.fields, side: column.at }, sides: WORDS, telling };
}
