/** Writes the pages under docs/ that are made from the catalogue, and removes those of operators that are gone: `npm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { docPages } from './docs/pages.ts';

const docs = new URL('../docs/', import.meta.url);
const pages = docPages();
rmSync(new URL('operators/', docs), { recursive: true, force: true });
mkdirSync(new URL('operators/plots/', docs), { recursive: true });
for (const [path, text] of pages) writeFileSync(new URL(path, docs), text);
console.log(`${pages.size} pages`);
