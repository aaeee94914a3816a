/** The files of a run: those that it was handed, or those that its configuration names. */
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { LoadedConfig } from '../../files/config-file.ts';
import type { Files } from './run-files.ts';

/** What a run reads. */
export interface DataFiles {
  /** Files of trades and globs, in order of time; by instrument where there are several. */
  readonly trades?: Files | undefined;
  /** Files of bars; by clock where there are several. */
  readonly bars?: Files | undefined;
  /** Files of series; by name where there are several. */
  readonly series?: Files | undefined;
}

/** Trades or bars that were handed over take the place of both, and series that of series. */
export function dataFiles(
  handed: DataFiles,
  { config, folder = '.' }: Pick<LoadedConfig, 'config' | 'folder'>,
): DataFiles {
  const { data } = config;
  const isHanded = handed.trades !== undefined || handed.bars !== undefined;
  return {
    trades: isHanded ? handed.trades : inFolder(data.trades, folder),
    bars: isHanded ? handed.bars : inFolder(data.bars, folder),
    series: handed.series ?? inFolder(data.series, folder),
  };
}

/** Of files by instrument, those of the one that drives. */
export function filesOfDrive(
  files: Files | undefined,
  { instruments, clocks, drive }: Plan,
): readonly string[] | undefined {
  if (files === undefined || Array.isArray(files)) return files as readonly string[] | undefined;
  const byName = files as Readonly<Record<string, readonly string[]>>;
  const all = Object.values(byName);
  return all.length === 1 ? all[0] : byName[instruments[clocks[drive].instrument].name];
}

function inFolder(files: Files | undefined, folder: string): Files | undefined {
  if (files === undefined) return undefined;
  const place = (pattern: string): string =>
    isAbsolute(pattern) ? pattern : relative('', resolve(join(folder, pattern)));
  if (Array.isArray(files)) return files.map(place);
  return Object.fromEntries(
    Object.entries(files).map(([name, list]) => [name, (list as readonly string[]).map(place)]),
  );
}
