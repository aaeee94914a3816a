/** Writes the benchmark's rows for make_lightgbm.py: x.f32, column by column, and y.f64. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSignal } from '../../signal.ts';

const [folder] = process.argv.slice(2);
const spec = JSON.parse(readFileSync(new URL('./benchmark.json', import.meta.url), 'utf8')) as {
  rows: number;
  width: number;
  seed: number;
};
const { x, y } = makeSignal(spec.rows, spec.width, spec.seed);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'x.f32'), Buffer.concat(x.columns.map((column) => Buffer.from(column.buffer))));
writeFileSync(join(folder, 'y.f64'), y);
