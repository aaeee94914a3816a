/**
 * Examples of the documents run: every block marked `ts run`, from the sources, in a folder of its own. What it prints is the
 * `text` block behind it, where there is one. Every path that can be imported has an example.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Parts of programs, whose other names are the reader's: what is left of the compiler's mistakes is a call that is no longer so. */
test('parts of programs call what is there, with what it takes', () => {
  const parts = ['README.md', ...globSync('docs/*.md', { cwd: root })].flatMap((document) =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code], i) => {
      const file = join(folder, `part-${document.replaceAll(/\W/g, '-')}-${i + 1}.ts`);
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    }),
  );
  assert.ok(parts.length >= 8);
  const own = /Cannot find name|Cannot find module '\.|No value exists in scope|implicitly has an 'any' type/;
  assert.deepEqual(
    typeMistakes(parts).filter((mistake) => !own.test(mistake)),
    [],
  );
});

for (const { name, file, printed } of examples) {
  test(`${name} runs`, async () => {
    const options = { cwd: temporaryFolder(), encoding: 'utf8' } as const;
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=minotaur-source', file], options);
    if (printed !== undefined) assert.equal(stdout, printed);
  });
}
