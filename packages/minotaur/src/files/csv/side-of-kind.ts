/** A column `type` of nothing but `buy` and `sell` is the side, where no other column is: ccxt, Kraken and many scripts write it so. */
import type { InputOptions, Layout } from './layout-contract.ts';
import type { SideWords } from 'minotaur-core/internal/trades/venues/profile';
import { plainName, type TellingColumn } from './telling.ts';

/** Words that nothing else is meant by; `b` and `s` may be bids and offers, or shares. */
const WORDS: SideWords = { buy: ['buy'], sell: ['sell'] };

/** The column that may be the side; whoever says which columns are read has said that it is none. */
export function kindThatMayBeSide(
  { telling }: Pick<Layout, 'telling'>,
  { columns }: Pick<InputOptions, 'columns'>,
): TellingColumn | undefined {
  if (columns !== undefined) return undefined;
  return telling.find(({ name, mayBeSide }) => mayBeSide === true && plainName(name) === 'type');
}

/** The layout with `column` as its side, where its texts, as far as they are known, say nothing else. A row below that does has an unknown word. */
export function withSideOfKind(layout: Layout, column: TellingColumn, texts: readonly string[]): Layout {
  const words = new Set([...WORDS.buy, ...WORDS.sell]);
  if (texts.length === 0 || !texts.every((text) => words.has(text.trim().toLowerCase()))) return layout;
  const telling = layout.telling.filter(({ at }) => at !== column.at);
  return { ...layout, fields: { ...layout.fields, side: column.at }, sides: WORDS, telling };
}
