/** Parquet files of simulated trades through `build` with the preset: speed, and memory that must not grow with the trades. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../packages/minotaur/src/store/manifest.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'Parquet of simulated trades to rows.parquet, the preset';

const CLI = fileURLToPath(new URL('../packages/minotaur/dist/cli/main.js', import.meta.url));
const RUNS = 3;

function run(args: readonly string[]): string {
  return execFileSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
}

export async function benches(): Promise<Figure[]> {
  if (!existsSync(CLI)) throw new Error('expected dist/, found none: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  const figures: Figure[] = [];
  try {
    for (const millions of [5, 20, 40]) {
      const file = join(folder, `${millions}.parquet`);
      run(['simulate', '--trades', String(millions * 1e6), '--seed', '1', '--out', file]);
      const manifests = Array.from({ length: RUNS }, () => {
        const out = join(folder, 'out');
        return {
          ...(JSON.parse(run(['build', '--trades', file, '--out', out, '--json'])) as Manifest),
          bytes: statSync(join(out, 'rows.parquet')).size,
        };
      });
      const asked = millions === 20 ? { asked: { least: 3 } } : {};
      const [{ counts, bytes, columns }] = manifests;
      figures.push(
        summary(
          `${millions} million trades`,
          'million trades/s',
          manifests.map((m) => m.counts.trades / m.seconds / 1e6),
          asked,
        ),
        summary(
          `${millions} million trades: peak memory`,
          'MB',
          manifests.map((m) => m.peakRssBytes / 1e6),
          { asked: { under: 1000 } },
        ),
        summary(`${millions} million trades: rows`, 'rows', [counts.rows], {
          note: `${columns.length} columns, ${(bytes / 1e6).toFixed(0)} MB of Parquet`,
        }),
      );
      rmSync(file);
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
