/** Texts that were taken in columns that say what is traded: what was taken once is taken again, as kinds of trades alternate. */
import type { TellingColumn } from './telling.ts';

/** Texts of a column that are remembered. */
const REMEMBERED = 8;

export interface ToldTexts {
  readonly column: TellingColumn;
  /** As they stand in the file. */
  readonly taken: Uint8Array[];
}

/** For the rows of one file. */
export const toldTexts = (telling: readonly TellingColumn[]): readonly ToldTexts[] =>
  telling.map((column) => ({ column, taken: [] }));

/** Whether the text in bytes [from, to) was taken before. */
export function wasTaken({ taken }: ToldTexts, bytes: Uint8Array, from: number, to: number): boolean {
  for (let k = 0; k < taken.length; k++) if (isText(bytes, from, to, taken[k])) return true;
  return false;
}

/** Whether bytes [from, to) are `text`. */
export function isText(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from !== text.length) return false;
  for (let k = 0; k < text.length; k++) if (bytes[from + k] !== text[k]) return false;
  return true;
}

/** Remembers the text in bytes [from, to), as long as there is room. */
export function takeText({ taken }: ToldTexts, bytes: Uint8Array, from: number, to: number): void {
  if (taken.length < REMEMBERED) taken.push(bytes.slice(from, to));
}
