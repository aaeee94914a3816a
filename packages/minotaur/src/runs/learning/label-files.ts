/** Which files tell what happened after the rows of which instrument. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';

/** Files and globs; of several instruments, those of each by its symbol. */
export type FilesOfInstruments = readonly string[] | Readonly<Record<string, readonly string[]>>;

interface Files {
  readonly trades?: FilesOfInstruments | undefined;
  readonly bars?: FilesOfInstruments | undefined;
  readonly instrument?: string | undefined;
}

/** The files of one instrument, and what they are of where that was said. */
export interface FilesOfOne {
  readonly trades: readonly string[] | undefined;
  readonly bars: readonly string[] | undefined;
  readonly instrument: string | undefined;
}

/** The files of each part. @throws where an instrument has none, or files are of one that there are no rows of */
export function divideFiles({ trades, bars, instrument }: Files, parts: readonly InstrumentPart[]): FilesOfOne[] {
  const each = { trades: filesOfEach('trades', trades, parts), bars: filesOfEach('bars', bars, parts) };
  const named = [trades, bars].some((files) => files !== undefined && !isList(files));
  return parts.map(({ symbol }, k) => {
    return { trades: each.trades?.[k], bars: each.bars?.[k], instrument: named ? symbol : instrument };
  });
}

function filesOfEach(
  what: string,
  files: FilesOfInstruments | undefined,
  parts: readonly InstrumentPart[],
): (readonly string[])[] | undefined {
  if (files === undefined) return undefined;
  const symbols = parts.map(({ symbol }) => symbol);
  if (isList(files)) {
    if (parts.length === 1) return [files];
    fail('config', 'label', `${what} by symbol for rows of several, ${symbols[0]}=... and so on`, 'files for all');
  }
  const other = Object.keys(files).find((name) => !symbols.includes(name));
  if (other !== undefined) fail('config', 'label', `${what} of ${symbols.join(', ')}, as the rows`, `of ${other}`);
  return symbols.map((symbol) => files[symbol] ?? fail('config', 'label', `${what} of ${symbol}, as the rows`, 'none'));
}

const isList = (files: FilesOfInstruments): files is readonly string[] => Array.isArray(files);
