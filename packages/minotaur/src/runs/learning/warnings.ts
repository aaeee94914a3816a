/** What a user is warned of in the same words wherever it is seen. */
import type { Evidence } from 'minotaur-core/internal/model/evaluation/evidence';

/** Names that are written out. */
const NAMED = 8;

/** Of columns that are price levels. */
export function describePriceLevels(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `columns that are price levels: ${names.slice(0, NAMED).join(', ')}${more}: a model of them knows the date, not the pattern`;
}

/** Of a split whose labels are all of one class, or that has none. */
export function describeOneClass(name: string, labels: Float64Array): string {
  if (labels.length === 0) return `${name}: no predicted rows with a label, so no score`;
  return `${name}: all ${labels.length.toLocaleString('en')} labels are ${labels[0]}, so no score`;
}

/** Of labels without a delay. */
export const ENTRY_AT_THE_CLOSE = "entry at the bar's own close, which nobody gets: label: { delay: 500ms }";

/** Of trading figures. */
export const NOT_IN_RETURNS =
  'Returns of the labels, one unit a trade, nothing compounded: no fills, no queue, no impact, no funding. An account would have less.';

/** Of a model that tells rows apart better than chance, and whose trades lose all the same; undefined of every other. */
export function describeLoss(
  { verdict, trading }: Pick<Evidence, 'verdict' | 'trading'>,
  costs: number,
): string | undefined {
  if (verdict.kind !== 'learned something' || !(trading.net < 0)) return undefined;
  const lost = `${(-100 * trading.net).toFixed(4)} %${costs > 0 ? ' after costs' : ''}`;
  return `yet its trades from the threshold on lose ${lost} each: to tell rows apart is not to earn by them`;
}

/** The verdict where there is nothing to judge. */
export const NO_SCORE = 'cannot be told: the test rows have no score';
