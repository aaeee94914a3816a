/** `--trades NAME=GLOB` and `--bars NAME=GLOB`: what the files are of. */
import { existsSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import type { DataFiles } from '../runs.ts';

const NAMED = /^[A-Za-z0-9_.-]+=/;

/**
 * `BTCUSDT=btc/*.csv.gz ETHUSDT=eth/*.csv.gz` by name; undefined where no argument has one. Mixing both is refused: the
 * trades of two markets in one series would be nonsense that looks like data. A file that has such a name itself is a file.
 */
export function namedFiles(flag: string, patterns: readonly string[] = []): Record<string, string[]> | undefined {
  const named = patterns.filter((pattern) => NAMED.test(pattern) && !existsSync(pattern));
  if (named.length === 0) return undefined;
  const plain = patterns.find((pattern) => !named.includes(pattern));
  if (plain !== undefined) fail('config', flag, 'NAME=GLOB for every input, or for none', `'${plain}'`);
  // No plain object: a name may be one that those have, such as toString.
  const byName = new Map<string, string[]>();
  for (const pattern of named) {
    const at = pattern.indexOf('=');
    const name = pattern.slice(0, at);
    // Records by name have none of this one.
    if (name === '__proto__') fail('config', flag, 'a name of something', `'${name}'`);
    byName.set(name, [...(byName.get(name) ?? []), pattern.slice(at + 1)]);
  }
  return Object.fromEntries(byName);
}

/** What `--trades`, `--bars` and `--series` name: by name where names are given, else as they are. */
export interface FileFlags {
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly series?: readonly string[];
}

export function filesByName({ trades, bars, series }: FileFlags): DataFiles {
  return {
    trades: namedFiles('--trades', trades) ?? trades,
    bars: namedFiles('--bars', bars) ?? bars,
    series: namedFiles('--series', series) ?? series,
  };
}

/** The same for a command that takes one instrument at a time. */
export function tradesOfOne(patterns: readonly string[] | undefined): {
  readonly trades?: readonly string[] | undefined;
  readonly instrument?: string | undefined;
} {
  const named = namedFiles('--trades', patterns);
  if (named === undefined) return { trades: patterns };
  const names = Object.keys(named);
  if (names.length > 1) fail('config', '--trades', 'one instrument at a time', names.join(', '));
  return { instrument: names[0], trades: named[names[0]] };
}
