/** Words of a side column. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { SideMeaning, SideWords } from 'minotaur-core/internal/trades/venues/profile';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { Reading } from '../trades/reading.ts';
import { textOf } from './parse.ts';

/** What tables of doubles make of a whole number: `1.0`, and so `-1.` as well. */
export const WHOLE = /^(-?\d+)\.0*$/;

/** A word of a side as it is compared: without case, and whatever table the number was in that it may be. */
export const sideWord = (text: string): string => text.trim().toLowerCase().replace(WHOLE, '$1');

/** 1 the taker bought, -1 the taker sold, NaN where nothing stands there, 0 for a word that is not known. */
function sideOf(text: string, words: SideWords, means: SideMeaning): number {
  const word = sideWord(text);
  if (word === '' || words.none?.includes(word)) return NaN;
  const yes = words.buy.includes(word);
  if (!yes && !words.sell.includes(word)) return 0;
  return yes === (means === 'taker') ? 1 : -1;
}

/** Words for true and false, in columns that say whether the buyer was the maker. */
const TRUTH: SideWords = { buy: ['true', 't', '1'], sell: ['false', 'f', '0'] };

/** Words of a column of nothing but true and false: beside those of {@link wordsOf} there are none. */
export const FLAGS: SideWords = { buy: [], sell: [] };

/** Words of a direction that is a side, and not the price's. */
export const DIRECTIONS: SideWords = { buy: ['buy', 'b'], sell: ['sell', 's'] };

/** The words of a layout's own column, and those of no side that are declared beside them; else what is declared. */
export function sidesOf(own: SideWords | undefined, { sides }: Pick<Reading, 'sides'>): SideWords {
  if (own === undefined || sides.none === undefined) return own ?? sides;
  const { none } = sides;
  const ofSide = (words: readonly string[]): string[] => words.filter((word) => !none.includes(word));
  return { buy: ofSide(own.buy), sell: ofSide(own.sell), none: [...(own.none ?? []), ...none] };
}

/** The words that a column may hold: where its own name says what it means, those for true and false too. */
export function wordsOf(words: SideWords, means: SideMeaning): SideWords {
  const own = { buy: words.buy.map(sideWord), sell: words.sell.map(sideWord), none: words.none?.map(sideWord) };
  if (means !== 'buyerMaker') return own;
  return { ...own, buy: [...TRUTH.buy, ...own.buy], sell: [...TRUTH.sell, ...own.sell] };
}

/** Refuses `sides` of the configuration by which true is sold, where the name of the column says already that the buyer was the maker. */
export function requireFlags(sides: InstrumentInput['sides'], where: string, column: string): void {
  const isTurned = ([words, others]: readonly [readonly string[], readonly string[]]): boolean =>
    words.some((word) => others.includes(word.toLowerCase()));
  const { buy = [], sell = [] } = sides ?? {};
  if (![[buy, TRUTH.sell] as const, [sell, TRUTH.buy] as const].some(isTurned)) return;
  const expected = `no \`sides\` by which true is sold, since ${column} says whether the buyer was the maker; or \`input: { sideMeans: taker }\``;
  fail('input', where, expected, `the words ${buy.join(', ')} as bought, ${sell.join(', ')} as sold`);
}

/** Words of so many bytes are not remembered. */
const LENGTHS = 64;

/** The few words of a side column differ in first byte and length; each such pair is read as text once. */
export function sideReader(
  words: SideWords,
  means: SideMeaning,
): (bytes: Uint8Array, from: number, to: number) => number {
  const remembered = new Array<{ text: Uint8Array; side: number } | undefined>(256 * LENGTHS).fill(undefined);
  const slow = (bytes: Uint8Array, from: number, to: number): number => {
    const side = sideOf(textOf(bytes, from, to), words, means);
    if (side !== 0 && to - from < LENGTHS)
      remembered[bytes[from] * LENGTHS + to - from] = { text: bytes.slice(from, to), side };
    return side;
  };
  return (bytes, from, to) => {
    if (to <= from) return NaN;
    const known = to - from < LENGTHS ? remembered[bytes[from] * LENGTHS + to - from] : undefined;
    if (known === undefined) return slow(bytes, from, to);
    for (let i = from + 1, k = 1; i < to; i++, k++) if (bytes[i] !== known.text[k]) return slow(bytes, from, to);
    return known.side;
  };
}

/** Refuses a quantity below zero where nothing says whose side a trade was: its sign may be just that. */
export function failSigned(where: string, quantity: number): never {
  const expected = 'a quantity above 0; `input: { quantity: signed }` reads a sign as the side, below 0 as sold';
  fail('input', where, expected, `${quantity}, and no side column`);
}
