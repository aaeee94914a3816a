/** `npm run api` writes docs/api from what was built; `npm run api -- --check` says where the two differ, and exits 1. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileName, publicEntries } from './api/entries.ts';
import { apiReports } from './api/report.ts';

const folder = new URL('../docs/api/', import.meta.url);
mkdirSync(folder, { recursive: true });
const committed = new Set(readdirSync(folder).filter((name) => name.endsWith('.api.md')));
const stale: string[] = [];
const check = process.argv.includes('--check');

for (const [entry, text] of await apiReports(publicEntries())) {
  const name = `${fileName(entry.name)}.api.md`;
  const before = committed.delete(name) ? readFileSync(new URL(name, folder), 'utf8') : '';
  if (before === text) continue;
  stale.push(name);
  if (!check) writeFileSync(new URL(name, folder), text);
}
for (const name of committed) {
  stale.push(name);
  if (!check) rmSync(new URL(name, folder));
}
for (const name of stale) console.log(`docs/api/${name} ${check ? 'is not what was built: npm run api' : 'written'}`);
if (check && stale.length > 0) process.exitCode = 1;
