/**
 * `npm run bench [NAME...]`: every benchmark, or those named. Prints tables and writes JSON. Nothing here is a test: the
 * machine is shared, so ratios within one run count, not single times.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { printTable, type Figure } from './harness.ts';

const suites: Record<string, () => Promise<{ benches: () => Promise<Figure[]>; title: string }>> = {
  bars: () => import('./bars.ts'),
  live: () => import('./live.ts'),
  path: () => import('./live-path.ts'),
  socket: () => import('./live-socket.ts'),
  day: () => import('./live-day.ts'),
  indicators: () => import('./indicators.ts'),
  labels: () => import('./labels.ts'),
  profile: () => import('./profile.ts'),
  build: () => import('./build.ts'),
  timebars: () => import('./timebars.ts'),
  many: () => import('./many.ts'),
  serve: () => import('./serve.ts'),
  training: () => import('./training.ts'),
  suggest: () => import('./suggest.ts'),
  fit: () => import('./fit.ts'),
  trees: () => import('./trees.ts'),
  sinks: () => import('./sinks.ts'),
  compare: () => import('./compare.ts'),
  foreign: () => import('./foreign.ts'),
  bus: () => import('./bus.ts'),
  cluster: () => import('./cluster.ts'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in suites));
if (unknown !== undefined) throw new Error(`expected one of ${Object.keys(suites).join(', ')}, found '${unknown}'`);

const results: Record<string, Figure[]> = {};
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`);
for (const [name, load] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { benches, title } = await load();
  results[name] = await benches();
  printTable(title, results[name]);
}
mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
const file = new URL(`./results/${wanted.join('-') || 'all'}.json`, import.meta.url);
writeFileSync(file, `${JSON.stringify({ node: process.version, cpu: cpus()[0].model, results }, null, 2)}\n`);
console.log(`\n${file.pathname}`);
