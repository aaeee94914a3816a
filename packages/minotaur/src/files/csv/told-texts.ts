/** Texts that were taken in columns that say which rows are taken: what was taken once is taken again, as kinds of trades alternate. */
import type { Layout } from './layout-contract.ts';
import type { TellingColumn } from './telling.ts';

/** Texts of a column that are remembered. */
const REMEMBERED = 8;

export interface ToldTexts {
  readonly column: TellingColumn;
  /** As they stand in the file. */
  readonly taken: Uint8Array[];
}

/** What of a layout says which rows are taken. */
export interface Sieve extends Pick<Layout, 'where' | 'telling'> {
  readonly fields: Pick<Layout['fields'], 'symbol'>;
}

/** Of every column that says it. */
export interface RowTexts {
  /** That have to say the same in all rows. */
  readonly told: readonly ToldTexts[];
  /** Of the instrument; absent where no column has symbols. */
  readonly symbol: ToldTexts | undefined;
  /** Declared: a row with another one is left out. */
  readonly where: readonly (ToldTexts & { readonly reason: string })[];
}

/** For the rows of one file. */
export function rowTexts({ fields: { symbol }, where, telling }: Sieve): RowTexts {
  const encoder = new TextEncoder();
  return {
    told: telling.map((column) => ({ column, taken: [] })),
    symbol: symbol < 0 ? undefined : { column: { at: symbol, name: 'symbol' }, taken: [] },
    where: where.map(({ at, text, reason = 'where' }) => {
      return { column: { at, name: 'where' }, taken: [encoder.encode(text)], reason };
    }),
  };
}

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
