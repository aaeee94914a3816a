/** What a run left. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readColumns } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import type { Manifest } from '../packages/minotaur/src/store/manifest.ts';

export function readManifest(out: string): Manifest {
  return JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;
}

/** All rows of an output, each as time and values. */
export async function readRows(out: string): Promise<number[][]> {
  const names = ['time', ...readManifest(out).columns];
  const columns = await readColumns(join(out, 'rows.parquet'), names);
  return Array.from(columns['time'], (_, i) => names.map((name) => columns[name][i]));
}
