/** What is no table of text, told by its first bytes or lines, and named: whoever has it then knows what to do with it. */
import { fail } from 'minotaur-core/internal/base/errors';

/** What files of other kinds begin with, byte for byte, and what they are. */
const BEGINNINGS: readonly (readonly [start: string, what: string])[] = [
  ['\xfd7zXZ', 'an xz archive, to be unpacked first'],
  ['BZh', 'a bzip2 archive, to be unpacked first'],
  ["7z\xbc\xaf'\x1c", 'a 7z archive, to be unpacked first'],
  ['Rar!', 'a RAR archive, to be unpacked first'],
  ['\x04"M\x18', 'an LZ4 archive, to be unpacked first'],
  ['\x1f\x8b', 'gzip within what was unpacked, to be unpacked once first'],
  ['(\xb5/\xfd', 'zstd within what was unpacked, to be unpacked once first'],
  ['PK\x03\x04', 'a zip archive within what was unpacked, to be unpacked once first'],
  ['PAR1', 'Parquet within what was unpacked, to be unpacked first'],
  ['\xd0\xcf\x11\xe0', 'an Excel workbook (.xls), to be saved as CSV'],
  ['\x93NUMPY', 'a NumPy array (.npy)'],
  ['\x89HDF', 'an HDF5 file'],
  ['ARROW1', 'an Arrow file (.feather), to be written as Parquet'],
  ['SQLite format 3', 'an SQLite database'],
  ['%PDF', 'a PDF document'],
  ['\x80\x04\x95', 'a Python pickle'],
  ['\x80\x05\x95', 'a Python pickle'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
];

/** Where a tar archive says what it is. */
const TAR = { at: 257, word: 'ustar' };

/** Bytes by which text is told from what is none. */
const TOLD_BY = 1024;

const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Refuses what is no text: it would be shown, and read, as columns with unreadable names. */
export function requireText(bytes: Uint8Array, file: string): void {
  const start = latin(bytes.subarray(0, TOLD_BY));
  const [a, b] = bytes;
  // Latin letters in two bytes each have a zero in every other one, with a mark of byte order before them or without.
  const isWide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || /^([^\0]\0){4}|^(\0[^\0]){4}/.test(start);
  const named = BEGINNINGS.find(([word]) => start.startsWith(word))?.[1];
  const packed = start.startsWith(TAR.word, TAR.at) ? 'a tar archive, to be unpacked first' : named;
  const found = isWide ? 'UTF-16' : (packed ?? (start.includes('\0') ? 'bytes that are no text' : undefined));
  if (found !== undefined) fail('input', file, 'text in UTF-8, or Parquet', found);
  requireLines(bytes, file);
}

const [NEWLINE, RETURN] = [10, 13];

/** Refuses lines of a carriage return alone, which would be one. */
function requireLines(bytes: Uint8Array, file: string): void {
  const at = bytes.indexOf(RETURN);
  if (at < 0 || at === bytes.length - 1 || bytes.includes(NEWLINE)) return;
  fail('input', file, 'lines that end with a line feed, or with both (LF, CRLF)', 'carriage returns alone (CR)');
}

/** What a file holds in place of a table, by its first line. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^<(!doctype|html|head|body)\b/i, 'an HTML page, such as servers send in place of a file'],
  [/^<(\?xml|error)\b/i, 'XML, such as servers send in place of a file'],
  [/^(\[(\s*$|[[{])|\{(\s*$|["']))/, 'JSON, which is to be written as CSV or Parquet'],
];

/** Shown of a line that should not be there. */
const SHOWN = 80;

/** What tells a table from other text. */
interface FirstRows {
  readonly lines: readonly string[];
  readonly first: readonly string[];
  readonly second: readonly string[] | undefined;
  readonly firstLine: number;
}

/** Refuses text that is no table, and a table with other lines before its header. */
export function requireTable({ lines, first, second, firstLine }: FirstRows, file: string): void {
  const [line = ''] = lines;
  const where = `${file} line ${firstLine}`;
  const page = PAGES.find(([pattern]) => pattern.test(line))?.[1];
  if (page !== undefined) fail('input', where, 'a table: CSV with a header, or Parquet', page);
  const refuse = (found: string): never =>
    fail('input', where, 'the header, or the first row: lines before it are to be removed', found);
  const shown = JSON.stringify(line.slice(0, SHOWN));
  if (/^sep=.?$/i.test(line)) refuse(`${shown}, which is for spreadsheets`);
  // A header may begin with the sign itself: it has the fields of the row below.
  const fields = first.length > 1 ? second?.length : fieldsOf(lines[1]);
  const isOther = fields !== undefined && fields !== first.length;
  if (line.startsWith('#') && (isOther || lines[1]?.startsWith('#'))) refuse(`a comment, ${shown}`);
  // As a spreadsheet saves a title: with empty fields behind it.
  if (isAlone(first) && second !== undefined && !isAlone(second))
    refuse(`${shown}, one field where the next row has more`);
  if (first.length > 1) return;
  if (isOther) refuse(`${shown}, one field where the next row has ${fields}`);
  const other = ['|', ' '].find(
    (mark) => line.split(mark).length > 2 && lines[1]?.split(mark).length === line.split(mark).length,
  );
  if (other === undefined) return;
  const expected = 'fields that commas, semicolons or tabs separate';
  fail('input', where, expected, `${other === ' ' ? 'spaces' : `"${other}"`} between them: ${shown}`);
}

/** Whether of several fields only the first is not empty. */
const isAlone = ([first = '', ...others]: readonly string[]): boolean =>
  first.trim() !== '' && others.length > 1 && others.every((cell) => cell.trim() === '');

/** Fields of a line, by whatever separates most of them. */
const fieldsOf = (line: string | undefined): number | undefined =>
  line === undefined ? undefined : Math.max(...[',', ';', '\t'].map((mark) => line.split(mark).length));
