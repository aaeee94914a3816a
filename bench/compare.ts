/** `compare` of two wide tables: time and memory in a process of its own, every tenth column with a cause. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTableWriter } from '../packages/minotaur/src/files/parquet/table-writer.ts';
import { summary, type Figure } from './harness.ts';
import { benchColumn } from './matrix.ts';

export const title = 'compare: two tables, every tenth column differs';

const ROWS = Number(process.env['BENCH_COMPARE_ROWS'] ?? 1_000_000);
const COLUMNS = Number(process.env['BENCH_COMPARE_COLUMNS'] ?? 300);

/** Late, in another unit, in single precision, from another seed, and another column. */
const CAUSES: readonly ((column: Float64Array) => Float64Array)[] = [
  (column) => column.map((_, i) => (i < 3 ? NaN : column[i - 3])),
  (column) => column.map((x) => x * 100),
  (column) => column.map(Math.fround),
  (column) => column.map((x, i) => x + 10 * 0.97 ** Math.min(i, 10_000)),
  (column) => benchColumn(8 * COLUMNS, column.length),
];

/** Column by column into blocks of rows: a table is larger than this process should be. */
function writeTable(path: string, isOther: boolean): void {
  const names = Array.from({ length: COLUMNS }, (_, c) => `c${c}`);
  const types = names.map((name) => ({ name, type: 'DOUBLE' as const }));
  const table = createTableWriter(path, [{ name: 'time', type: 'BIGINT' }, ...types]);
  const columns = names.map((_, c) => {
    const column = benchColumn(c, ROWS);
    return isOther && c % 10 === 0 ? CAUSES[(c / 10) % CAUSES.length](column) : column;
  });
  const time = Float64Array.from({ length: ROWS }, (_, i) => 1.7e15 + i * 1e6);
  for (let from = 0; from < ROWS; from += 65_536)
    table.appendColumns(Math.min(65_536, ROWS - from), [time, ...columns], from);
  table.commit();
}

const SCRIPT = `
import { peakRssBytes } from './packages/minotaur/src/node/resources.ts';
import { compare } from './packages/minotaur/src/runs/comparison/compare.ts';
const [a, b] = process.argv.slice(1);
const cpuOf = ({ user, system }) => (user + system) / 1e6;
const { differing, seconds } = await compare({ a, b });
console.log(JSON.stringify({ differing: differing.length, seconds, cpu: cpuOf(process.cpuUsage()), main: cpuOf(process.threadCpuUsage()), rss: peakRssBytes() / 1048576 }));
`;

export async function benches(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  const paths = ['a', 'b'].map((name) => join(folder, `${name}.parquet`));
  try {
    paths.forEach((path, k) => writeTable(path, k === 1));
    const args = ['--conditions=minotaur-source', '--input-type=module', '-e', SCRIPT, ...paths];
    const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<string, number>;
    const note = `${found['differing']} columns differ`;
    const size = `${ROWS.toLocaleString('en')} x ${COLUMNS}`;
    return [
      summary(size, 's', [found['seconds']], { asked: { under: 60 }, note }),
      summary(`${size}, of the processors`, 's', [found['cpu']]),
      summary(`${size}, of the main thread`, 's', [found['main']]),
      summary(`${size}, most memory`, 'MiB', [found['rss']], { asked: { under: 2048 } }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
