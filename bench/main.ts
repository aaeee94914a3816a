/**
 * `npm run bench [NAME...]`: every benchmark, or those named. Prints tables and writes JSON; with `--page` into the documents as
 * well. Nothing here is a test: the machine is shared, so ratios within one run count, not single times.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { ENGINE_VERSION } from '../packages/core/src/base/version.ts';
import { printTable, type Figure } from './harness.ts';
import { curves } from './page/curves.ts';
import { figuresPage, type Measured, type Page } from './page/figures.ts';

const suites: Record<string, () => Promise<{ benches: () => Promise<Figure[]>; title: string }>> = {
  bars: () => import('./bars.ts'),
  live: () => import('./live.ts'),
  path: () => import('./live-path.ts'),
  socket: () => import('./live-socket.ts'),
  day: () => import('./live-day.ts'),
  indicators: () => import('./indicators.ts'),
  labels: () => import('./labels.ts'),
  reading: () => import('./reading.ts'),
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
  scaling: () => import('./scaling.ts'),
};

const wanted = process.argv.slice(2).filter((word) => word !== '--page');
const unknown = wanted.find((name) => !(name in suites));
if (unknown !== undefined) throw new Error(`expected one of ${Object.keys(suites).join(', ')}, found '${unknown}'`);

const results: Record<string, Figure[]> = {};
const measured: Record<string, Measured> = {};
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`);
for (const [name, load] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { benches, title } = await load();
  const machine = { cpu: cpus()[0].model, cores: cpus().length, load: loadavg()[0] };
  results[name] = await benches();
  const date = new Date().toISOString().slice(0, 10);
  measured[name] = { title, date, node: process.version, engine: ENGINE_VERSION, ...machine, figures: results[name] };
  printTable(title, results[name]);
}
mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
const file = new URL(`./results/${wanted.join('-') || 'all'}.json`, import.meta.url);
writeFileSync(file, `${JSON.stringify({ node: process.version, cpu: cpus()[0].model, results }, null, 2)}\n`);
console.log(`\n${file.pathname}`);
if (process.argv.includes('--page')) writePage();

/** Puts what was measured in place of what stood there. */
function writePage(): void {
  const data = new URL('./page/figures.json', import.meta.url);
  const page: Page = { ...(JSON.parse(readFileSync(data, 'utf8')) as Page), ...measured };
  const docs = (name: string): URL => new URL(`../docs/${name}`, import.meta.url);
  writeFileSync(data, `${JSON.stringify(page, null, 2)}\n`);
  writeFileSync(docs('benchmarks-figures.md'), figuresPage(page));
  if (page['scaling'] !== undefined) writeFileSync(docs('pictures/scaling.svg'), curves(page['scaling'].figures));
}
