/** Expressions that a column may be: all usual ones, and those that its name says. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { buildGraph } from 'minotaur-core/internal/features/contract/graph';
import { KNOWN } from '../known/all.ts';
import { FEW_PERIODS, fillIn, numbersOf, PERIODS, type Known } from '../known/known.ts';
import { SERIES } from '../known/series.ts';
import { readName, windowsIn } from './column-name.ts';

const CLOSE = 'close';
/** In place of numbers that do not matter. */
const ANY: readonly number[] = [1, 1, 1, 1];
/** Columns whose own windows are tried beside the usual ones. */
const MOST_OWN_WINDOWS = 40;

/** What is usual over `given` bar columns, the likeliest first; windows in `names` are usual too. */
export function usualCandidates(given: readonly string[], names: readonly string[]): string[] {
  const own = windowsIn(names).slice(0, MOST_OWN_WINDOWS);
  const all = KNOWN.flatMap((known) => {
    const series = (known.isWide ? SERIES : [{ expression: CLOSE }]).map(({ expression }) => expression);
    return series
      .filter((x) => hasColumns(fillIn(known.expression, x, ANY), given))
      .flatMap((x) =>
        usualNumbers(known, x === CLOSE ? PERIODS : FEW_PERIODS, own).map((numbers) =>
          fillIn(known.expression, inBrackets(x), numbers),
        ),
      );
  });
  return [...new Set(all)];
}

/** What `name` says that the column is, the likeliest first. */
export function namedCandidates(name: string, given: readonly string[]): string[] {
  const found = readName(name).flatMap(({ key, series, numbers }) =>
    KNOWN.filter(({ names }) => names.includes(key)).flatMap((known) =>
      namedNumbers(known, numbers).map((chosen) => fillIn(known.expression, inBrackets(series ?? CLOSE), chosen)),
    ),
  );
  return [...new Set(found)].filter((text) => hasColumns(text, given) && canBeBuilt(text, given));
}

/** A sum stands in brackets within another expression. */
const inBrackets = (series: string): string => (/^\w+ [-+*/] /.test(series) ? `(${series})` : series);

function usualNumbers(
  { expression, usual }: Known,
  periods: readonly number[],
  own: readonly number[],
): readonly (readonly number[])[] {
  const count = numbersOf(expression);
  if (count === 0) return [[]];
  const chosen = usual ?? periods.map((period) => [period]);
  return usual === undefined ? [...chosen, ...own.map((period) => [period])] : chosen;
}

/** The numbers of a name; those that it leaves out are the usual ones. */
function namedNumbers({ expression, usual }: Known, numbers: readonly number[]): readonly (readonly number[])[] {
  const count = numbersOf(expression);
  if (count === 0) return [[]];
  const said = numbers.slice(0, count);
  const tails =
    said.length === count
      ? [[]]
      : (usual ?? PERIODS.map((period) => [period])).filter((one) =>
          said.every((number, k) => number === one[k] || said.length < one.length),
        );
  return tails.map((one) => [...said, ...one.slice(said.length)]);
}

const NAMES = /(?<![.$\w])[a-z_]\w*(?![\w(])/g;

/** Whether all columns that `text` names are given; a name behind a point is an output. */
const hasColumns = (text: string, given: readonly string[]): boolean =>
  (text.match(NAMES) ?? []).every((name) => given.includes(name));

/** Whether its operators take its numbers: those of a column's name may be anything. */
function canBeBuilt(text: string, given: readonly string[]): boolean {
  try {
    buildGraph([`${text} as x`], given, catalogue);
    return true;
  } catch (error) {
    if (error instanceof MinotaurError) return false;
    throw error;
  }
}
