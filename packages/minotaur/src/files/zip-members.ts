/** What of a zip archive is read, whoever unpacks it. */

/** Members that are files: folders, hidden files and what macOS adds are passed over. */
export function isMemberOfNote(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(^|\/)\.[^/]*$/.test(name);
}

/** @throws where what was unpacked is not what had been packed */
export function requireSum(sum: number, expected: number): void {
  if (sum !== expected) throw new Error(`checksum ${hex(sum)} instead of ${hex(expected)}`);
}

const hex = (sum: number): string => sum.toString(16).padStart(8, '0');
