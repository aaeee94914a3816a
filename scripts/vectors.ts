/**
 * Compiles packages/core/assembly, loops in AssemblyScript, to the WebAssembly that stands in `vectors.gen.ts`;
 * `vectors.test.ts` compares it to what is committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Started, not imported: its types redefine those of arrays.
const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
const root = fileURLToPath(new URL('../', import.meta.url));
/** The memory is the caller's, but for numbers in its first bytes; relaxed operations stay off, whose bits differ between processors. 112: pairs handed on within. */
const OPTIONS = [
  '-O3',
  '--runtime',
  'stub',
  '--importMemory',
  '--memoryBase',
  '16',
  '--enable',
  'simd',
  '--noAssert',
  '--disableWarning',
  '112',
];

/** The text of the generated file. */
export function vectorsSource(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-vectors-'));
  try {
    const file = join(folder, 'vectors.wasm');
    const args = [asc, 'packages/core/assembly/index.ts', ...OPTIONS, '--outFile', file];
    execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    return `// Made by scripts/vectors.ts.

/** The loops over a memory, in base64. */
export const VECTORS =
  '${readFileSync(file, 'base64')}';
`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../packages/core/src/base/vectors/vectors.gen.ts', import.meta.url);
  writeFileSync(file, vectorsSource());
}
