/** Tables of a few trades or bars, written as somebody else may have them, and the first bar of what is built of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigInput } from 'minotaur';
import { readRowColumns, rowsIn } from 'minotaur/files';
import { build } from 'minotaur/runs';
import { openDuck } from '../packages/minotaur/src/files/parquet/duck.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
export const at = (name: string): string => join(folder, name);

export const chain = {
  clocks: { short: { bars: 'tick', threshold: 5 } },
  features: { short: ['close', 'volume', 'dollar_volume'] },
} satisfies ConfigInput;

export const BEGIN = 1_723_075_200;
const ROWS = 200;

/** A table of `rows` lines, which is written under `name`. */
export function table(name: string, header: string, line: (i: number) => string, rows = ROWS): string {
  const lines = Array.from({ length: rows }, (_, i) => line(i));
  writeFileSync(at(name), [...(header === '' ? [] : [header]), ...lines, ''].join('\n'));
  return at(name);
}

export const price = (i: number, around = 60_000): number => Math.round(around * (10 + 0.02 * Math.sin(i / 7))) / 10;
export const side = (i: number): string => (Math.cos(i / 7) > 0 ? 'buy' : 'sell');
export const seconds = (i: number): number => BEGIN + i;
export const iso = (i: number, fraction = ''): string =>
  `${new Date(seconds(i) * 1000).toISOString().slice(0, 19)}${fraction}`;

type More = Partial<Omit<ConfigInput, 'clocks'>> & { readonly accept?: true; readonly minUsed?: number };

export const made = (trades: string | readonly string[], { accept, minUsed, ...more }: More = {}) =>
  build({ config: { ...chain, ...more }, trades: [trades].flat(), out: at('out'), accept, minUsed });

/** Of the first bar, the sums of `volume` and `dollar_volume`. */
export async function firstBar(): Promise<readonly number[]> {
  const names = { close_short: 'tested', volume_short: 'tested', dollar_volume_short: 'tested' };
  const { columns } = await readRowColumns(rowsIn(at('out')), names);
  return ['close_short', 'volume_short', 'dollar_volume_short'].map((name) => columns[name][0]);
}

/** A Parquet file with what `csv` has. */
export async function parquet(csv: string): Promise<string> {
  const duck = await openDuck();
  const to = csv.replace(/csv$/, 'parquet');
  await duck.connection.run(`COPY (SELECT * FROM read_csv('${csv}')) TO '${to}' (FORMAT parquet)`);
  duck.close();
  return to;
}
