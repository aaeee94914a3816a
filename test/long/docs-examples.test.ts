/**
 * Examples of the documents run: every block marked `ts run`, from the sources, in a folder of its own. What it prints is the
 * `text` block behind it, where there is one. Every path that can be imported has an example.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publicEntries } from '../../scripts/api/entries.ts';
import { temporaryFolder } from '../cli.ts';
import { typeMistakes } from '../type-mistakes.ts';

const DOCUMENTS = ['docs/packages.md', 'packages/core/README.md', 'packages/minotaur/README.md'];
const BLOCK = /^```ts run\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm;

const root = fileURLToPath(new URL('../../', import.meta.url));
// Beside the packages, so that their names resolve.
mkdirSync(join(root, 'out'), { recursive: true });
const folder = mkdtempSync(join(root, 'out', 'examples-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const examples = DOCUMENTS.flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(BLOCK)].map(([, code, printed], i) => {
    const name = `${document}, example ${i + 1}`;
    const file = join(folder, `${document.replaceAll(/\W/g, '-')}-${i + 1}.ts`);
    writeFileSync(file, code);
    return { name, code, printed, file };
  }),
);

test('every path that can be imported has an example', () => {
  for (const { name } of publicEntries())
    assert.ok(
      examples.some(({ code }) => code.includes(`from '${name}'`)),
      name,
    );
});

test('the examples have types', () => {
  assert.deepEqual(typeMistakes(examples.map(({ file }) => file)), []);
});

for (const { name, file, printed } of examples) {
  test(`${name} runs`, async () => {
    const options = { cwd: temporaryFolder(), encoding: 'utf8' } as const;
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=minotaur-source', file], options);
    if (printed !== undefined) assert.equal(stdout, printed);
  });
}
