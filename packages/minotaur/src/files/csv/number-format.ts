/** Numbers as people write them: refused with a hint where nothing is declared, read where it is. */
import { fail } from 'minotaur-core/internal/base/errors';
import { numberOf } from 'minotaur-core/internal/base/texts';
import { parseNumber, textOf } from './parse.ts';

/** The mark before the decimals; the other of the two groups thousands. */
export type DecimalMark = '.' | ',';

type NumberReader = (bytes: Uint8Array, from: number, to: number) => number;

const FORMATTED = /^[+-]?\p{Sc}?\s?[+-]?\d[\d.,' \u00a0\u202f]*\s?\p{Sc}?$/u;

/**
 * Reads the numbers of column `what`. What is no number is NaN, dirt that the chain counts; what looks like one written
 * for people is refused, because it may be most of the file.
 */
export function numberReader(decimal: DecimalMark | undefined, what: string, where: () => string): NumberReader {
  if (decimal !== undefined) {
    const other = decimal === ',' ? /^[+-]?0\.\d/ : /^[+-]?0,\d/;
    return (bytes, from, to) => {
      const text = textOf(bytes, from, to);
      if (other.test(text)) failOther(text, decimal, `${where()}, ${what}`);
      return parseFormatted(text, decimal);
    };
  }
  return (bytes, from, to) => {
    const value = parseNumber(bytes, from, to);
    if (value === value) return value;
    const text = textOf(bytes, from, to);
    if (FORMATTED.test(text)) failFormatted(text, `${where()}, ${what}`);
    return value;
  };
}

function failFormatted(text: string, where: string): never {
  const expected =
    "a plain number such as 1234.5; `input: { decimal: ',' }` reads 1.234,5 and `input: { decimal: '.' }` reads 1,234.5 and $5";
  fail('input', where, expected, `"${text}"`);
}

/** Of `0.125` the point is no mark of groups: the decimals follow another mark than was declared, in the rows where it does not show too. */
function failOther(text: string, decimal: DecimalMark, where: string): never {
  const expected = `a number whose decimals follow "${decimal}", as \`input: { decimal }\` says; without \`decimal\` plain numbers such as 0.125 are read`;
  fail('input', where, expected, `"${text}"`);
}

/** A number with `decimal` before its decimals, perhaps groups of three digits, perhaps a currency sign; else NaN. */
export function parseFormatted(text: string, decimal: DecimalMark): number {
  const bare = text.replace(/^([+-]?)\p{Sc}\s?/u, '$1').replace(/\s?\p{Sc}$/u, '');
  const [whole, ...rest] = bare.split(decimal);
  const group = decimal === ',' ? "[.' \u00a0\u202f]" : "[,' \u00a0\u202f]";
  const isGrouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(${group}\\d{3})+$`).test(whole);
  if (!isGrouped && /[.,]/.test(whole)) return NaN;
  const digits = isGrouped ? whole.replace(new RegExp(group, 'g'), '') : whole;
  return numberOf([digits, ...rest].join('.'));
}
