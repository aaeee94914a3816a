/** The URL of a module beside `here`, with the ending that `here` has: `.ts` in a checkout, `.js` once built. */
export function sibling(here: string, name: string): URL {
  return new URL(`./${name}${here.endsWith('.ts') ? '.ts' : '.js'}`, here);
}
