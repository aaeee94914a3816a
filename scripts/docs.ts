/** Writes the pages under docs/ that are made from the catalogue: `npm run docs`. The same catalogue gives the same bytes. */
import { writeFileSync } from 'node:fs';
import { catalogue } from '../src/features/catalogue.ts';
import { measureOperator } from '../src/verify/operator-memory.ts';
import { memoryPage } from './docs/memory-page.ts';

const docs = new URL('../docs/', import.meta.url);
const measured = [...catalogue.values()].map((op) => measureOperator(op, catalogue));
writeFileSync(new URL('memory.md', docs), memoryPage(measured));
