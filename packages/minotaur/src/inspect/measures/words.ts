/** Words for sides that nobody knows. */
import type { Taken } from './taken.ts';

/** A word, and where it stands first. */
export interface UnknownWord {
  /** As it stands. */
  readonly word: string;
  /** Rows with it. */
  readonly rows: number;
  /** The first of them. */
  readonly place: string;
}

/** Words that are remembered. */
const MOST = 20;

export function createWords() {
  const words = new Map<string, { rows: number; readonly place: string }>();
  return {
    add({ source, from, to, place }: Taken): void {
      for (const [row, word] of source.words) {
        if (row < from || row >= to) continue;
        const known = words.get(word);
        if (known !== undefined) known.rows++;
        else if (words.size < MOST) words.set(word, { rows: 1, place: place(row) });
      }
    },
    report: (): UnknownWord[] => [...words].map(([word, { rows, place }]) => ({ word, rows, place })),
  };
}
