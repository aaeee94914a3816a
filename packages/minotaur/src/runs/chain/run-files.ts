/** The files of a run by what they are of: trades by instrument, bars by clock. */
import { byName, either, type Kind, listOf, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';
import type { Plan } from 'minotaur-core/internal/chain/plan';

/** Files and globs, in order of time; by name where there is more than one that they may be of. */
export type Files = readonly string[] | Readonly<Record<string, readonly string[]>>;

const FILES = listOf(textual, 'a list of files and globs');
export const filesByName = byName(FILES);
export const fileLists: Kind<Files> = either(FILES, filesByName);

/** What a run reads, every source with its name. */
export interface RunFiles {
  /** By instrument. */
  readonly trades: Readonly<Record<string, readonly string[]>>;
  /** By clock with `bars: given`. */
  readonly bars: Readonly<Record<string, readonly string[]>>;
  /** By clock that is a series. */
  readonly series: Readonly<Record<string, readonly string[]>>;
}

/** What of a plan says whose files there may be. */
type Named = Pick<Plan, 'instruments' | 'clocks'>;

/**
 * Whose files these are.
 * @throws {MinotaurError} where a name is none, is missing where it is needed, or an instrument has no files
 */
export function runFiles(
  { trades, bars, series }: { readonly [K in keyof RunFiles]?: Files | undefined },
  { instruments, clocks }: Named,
): RunFiles {
  const names = instruments.map(({ name }) => name);
  const given = clocks.filter(({ source }) => source.type === 'given');
  const files: RunFiles = {
    trades: tradeFiles(trades, instruments),
    bars: assign(
      'bars',
      bars,
      given.map(({ name }) => name),
      'a clock with `bars: given`',
    ),
    series: assign(
      'series',
      series,
      clocks.flatMap(({ name, source }) => (source.type === 'series' ? [name] : [])),
      'a series',
    ),
  };
  const fed = new Set([...Object.keys(files.trades), ...Object.keys(files.bars).map((clock) => ownerOf(clock))]);
  function ownerOf(clock: string): string {
    return instruments[given.find(({ name }) => name === clock)?.instrument ?? 0].name;
  }
  const declared = clocks.find(({ name, source }) => source.type === 'series' && !(name in files.series));
  if (declared !== undefined)
    fail('config', 'series', `files of the series '${declared.name}' (--series ${declared.name}=FILES)`, 'none');
  const missing = names.find((name) => !fed.has(name));
  if (missing !== undefined && names.length > 1)
    fail('config', 'trades', `files of every instrument (${names.join(', ')})`, `none of ${missing}`);
  return files;
}

/**
 * Whose trades these files hold.
 * @throws {MinotaurError} where a name is none, or is missing where it is needed
 */
export function tradeFiles(files: Files | undefined, instruments: Plan['instruments']): RunFiles['trades'] {
  const names = instruments.map(({ name }) => name);
  return assign('trades', files, names, 'an instrument');
}

function assign(
  key: keyof RunFiles,
  files: Files | undefined,
  names: readonly string[],
  what: string,
): Record<string, readonly string[]> {
  if (files === undefined) return {};
  const list = names.join(', ') || 'there is none';
  if (isList(files)) {
    if (names.length === 1) return { [names[0]]: files };
    return refuseUnnamed(key, what, names);
  }
  for (const name of Object.keys(files))
    if (!names.includes(name)) fail('config', key, `${what} (${list})`, `'${name}'${nearest(name, names)}`);
  return files;
}

/** Files without a name, of which it is not known whose they are. */
export function refuseUnnamed(key: keyof RunFiles, what: string, names: readonly string[]): never {
  const list = names.join(', ') || 'there is none';
  return fail('config', key, `NAME=FILES, with the name of ${what} (${list})`, 'files without a name');
}

function isList(files: Files): files is readonly string[] {
  return Array.isArray(files);
}
