/** Patterns of names, as configurations write them: `*` stands for any text, none included, `?` for one character. */
import { fail } from './errors.ts';
import { nearest } from './nearest.ts';

/** Whether a name is the one that the pattern describes, all of it. */
export type Matches = (name: string) => boolean;

export function globMatcher(glob: string): Matches {
  const source = glob
    .replaceAll(/[^\w*?]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 's');
  return (name) => pattern.test(name);
}

/**
 * One matcher a pattern; a pattern that matches none of `names` is misspelt.
 * @throws {MinotaurError} of kind `config`, at `where`, for one that is
 */
export function columnMatchers(globs: readonly string[], names: readonly string[], where: string): Matches[] {
  return globs.map((glob) => {
    const matches = globMatcher(glob);
    if (names.some(matches)) return matches;
    const found = `'${glob}', which matches none of ${names.length}${nearest(glob, names)}`;
    return fail('config', where, 'a pattern that matches a column', found);
  });
}
