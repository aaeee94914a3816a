/** What a user is warned of in the same words wherever it is seen. */

/** Names that are written out. */
const NAMED = 8;

/** Of columns that are price levels. */
export function describePriceLevels(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `columns that are price levels: ${names.slice(0, NAMED).join(', ')}${more}: a model of them knows the date, not the pattern`;
}
