/** What of a zip archive is read, whoever unpacks it. */
import { fail } from 'minotaur-core/internal/base/errors';

/** Members that are files: folders, hidden files and what macOS adds are passed over. */
export function isMemberOfNote(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(^|\/)\.[^/]*$/.test(name);
}

/** Refuses an Excel workbook, which is an archive of pages of its own. */
export function requireNoWorkbook(names: readonly string[], archive: string): void {
  if (names.includes('[Content_Types].xml'))
    fail('input', archive, 'text in UTF-8, or Parquet', 'an Excel workbook (.xlsx), to be saved as CSV');
}

/** @throws where what was unpacked is not what had been packed */
export function requireSum(sum: number, expected: number): void {
  if (sum !== expected) throw new Error(`checksum ${hex(sum)} instead of ${hex(expected)}`);
}

const hex = (sum: number): string => sum.toString(16).padStart(8, '0');
