/** Words as numbers, and back: a column of words is one of codes, and what is said of it is said in words. */
import { codeOf } from './side.ts';

/** Different words that are kept; of a column with more of them, as identifiers are, the others have no name. */
const MOST = 65_536;

export interface Words {
  /** The code of `word`, which is kept. */
  code(word: string): number;
  /** Undefined where `code` is no word, or one that is not kept. */
  word(code: number): string | undefined;
}

export function createWords(): Words {
  const known = new Map<number, string>();
  return {
    code(word) {
      const code = codeOf(word);
      if (known.size < MOST) known.set(code, word);
      return code;
    },
    word: (code) => known.get(code),
  };
}
