/** Names of columns as a message lists them. */

/** Of more, or of longer ones, a person reads none. */
const SHOWN = 24;
const LONGEST = 60;

/** `a, b, c`; of a great many the first ones, and how many there are besides. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}...` : name));
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more.toLocaleString('en')} more` : '');
}
