/** What the first file of a run says of its instrument. */
import type { InputOptions } from '../csv/layout.ts';
import { expandPaths } from '../paths.ts';
import { TOLD_BY_ROWS, toldBySource, type ToldByFile } from './told.ts';
import { openTrades } from './trade-source.ts';

/**
 * Looks at the beginning of the first file.
 * @throws {MinotaurError} as opening and reading it does
 */
export async function toldByFiles(patterns: readonly string[], options: InputOptions): Promise<ToldByFile> {
  const [file] = expandPaths(patterns);
  return toldBySource(await openTrades([file], { ...options, blockRows: TOLD_BY_ROWS }), options);
}
