/** Columns that are the side by their name and all that they say, and those that may be it and are not read. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { SideWords } from 'minotaur-core/internal/trades/venues/profile';
import type { InputOptions, Layout } from './layout-contract.ts';
import { sideWord } from './side-words.ts';
import { plainName } from './telling.ts';

const WORDS: SideWords = { buy: ['buy', 'b'], sell: ['sell', 's'] };
const FLAGS: SideWords = { buy: ['true', 't', '1'], sell: ['false', 'f', '0'] };

/** What can mean nothing but whose side a trade was, with its words: of any other words it is something else, as an address of the taker is. */
const NAMED: Readonly<Record<string, SideWords>> = {
  aggressor: WORDS,
  tradeside: WORDS,
  buysell: WORDS,
  taker: WORDS,
  isbuy: FLAGS,
};

/** Names that flags of a side have: whose, is not to be told. */
const OF_SIDES = /buy|sell|maker|taker|aggress|(?<!out|in)side$|^m$/;

/** Places of columns that may be the side, where no other is and nobody has said which columns are read. */
export function mayBeSide(
  { fields, signed, name, where, telling }: Layout,
  names: readonly string[],
  { columns }: Pick<InputOptions, 'columns'>,
): number[] {
  if (fields.side >= 0 || signed || columns !== undefined || name !== 'generic') return [];
  const read = new Set([...Object.values(fields), ...where.map(({ at }) => at)]);
  for (const { at, mayBeSide: may } of telling) if (may !== true) read.add(at);
  return names.flatMap((_, at) => (read.has(at) ? [] : [at]));
}

/** A column that may be the side, with what it says. */
export interface SaidSides {
  readonly at: number;
  readonly texts: readonly string[];
}

/**
 * The layout with the one of `columns` as its side that is so by its name.
 * @throws where another says nothing but sides, unless it is accepted that trades have none
 */
export function withNamedSide(
  layout: Layout,
  names: readonly string[],
  columns: readonly SaidSides[],
  { accept }: Pick<InputOptions, 'accept'>,
  file: string,
): Layout {
  const saying = columns.filter(({ at, texts }) => saysSides(plainName(names[at]), texts));
  const named = saying.filter(({ at, texts }) => isOf(NAMED[plainName(names[at])], texts));
  if (named.length === 1) {
    const [{ at }] = named;
    return { ...layout, fields: { ...layout.fields, side: at }, sides: NAMED[plainName(names[at])] };
  }
  // One that says what kind a row is as well is refused where its rows are read.
  const isOfKinds = saying.some(({ at }) => layout.telling.some((column) => column.at === at));
  if (accept || isOfKinds || saying.length === 0) return layout;
  const { time, price, quantity } = layout.fields;
  const [{ at, texts }] = saying;
  const read = `time: ${names[time]}, price: ${names[price]}, quantity: ${names[quantity]}`;
  const expected = `\`columns: { ${read}, side: ${names[at]} }\`, where it is the side, without \`side\` where it is none; \`accept\` takes trades without one`;
  return fail('input', file, expected, `${names[at]} ${JSON.stringify(texts[0])}, and no side column`);
}

const isOf = (words: SideWords | undefined, texts: readonly string[]): boolean =>
  words !== undefined && texts.every((text) => ['', ...words.buy, ...words.sell].includes(sideWord(text)));

/** Whether a column of this name says nothing but sides: words of them, single letters where both are there, flags by its name too. */
function saysSides(name: string, texts: readonly string[]): boolean {
  const said = new Set(texts.map(sideWord).filter((text) => text !== ''));
  const isAll = (words: readonly string[]): boolean => [...said].every((text) => words.includes(text));
  if (said.size === 0) return false;
  if (isAll(['buy', 'sell']) || isOf(NAMED[name], [...said])) return true;
  if (isAll(['b', 's'])) return said.size === 2 || OF_SIDES.test(name);
  return OF_SIDES.test(name) && isAll(['true', 'false', 't', 'f']);
}
