/** A header in the middle of a file, as where files were put behind each other. */
import { fail } from 'minotaur-core/internal/base/errors';
import { hasBytes } from './csv-rows.ts';
import { cellTexts, type Cells } from './csv.ts';

interface Header {
  /** The names of the columns; undefined where the file has none. */
  readonly header: readonly string[] | undefined;
  readonly headerLine: number;
  readonly file: string;
  /** The column of the time. */
  readonly at: number;
}

/**
 * Whether the row at hand is the header once more; a time is never its column's name.
 * @throws where it names its columns in another order, or others: the rows below would be read as what they are not
 */
export function headerTest(cells: Cells, { header, headerLine, file, at }: Header): () => boolean {
  if (header === undefined) return () => false;
  const name = new TextEncoder().encode(header[at]);
  return () => {
    if (!hasBytes(cells, at, name)) return false;
    const again = cellTexts(cells);
    if (again.some((cell, k) => nameIn(cell) !== nameIn(header[k]))) {
      const expected = `the columns of the header in line ${headerLine}, ${header.join(', ')}: files of other columns one by one`;
      fail('input', `${file} line ${cells.line}`, expected, `a header of ${again.join(', ')}`);
    }
    return true;
  };
}

/** A name as far as two headers may write it differently. */
const nameIn = (cell: string | undefined): string | undefined => cell?.trim().toLowerCase();
