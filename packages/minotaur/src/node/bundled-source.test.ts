import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sourcesIn, withSources } from './bundled-source.ts';

const TEXT = [
  'import x from "y";',
  '// src/files/a.ts',
  'function a() {}',
  '// no heading.ts',
  '// src/b.ts',
  'b();',
].join('\n');

test('source files of a module are found by the comments before them', () => {
  const [a, b, ...rest] = sourcesIn(TEXT);
  assert.deepEqual(rest, []);
  assert.equal(TEXT.slice(a.from, a.to), '// src/files/a.ts\nfunction a() {}\n// no heading.ts\n');
  assert.deepEqual([a.name, b.name, b.to], ['src/files/a.ts', 'src/b.ts', Infinity]);
  assert.deepEqual(sourcesIn('export {};\n'), []);
});

test('places in a stack get the names of their source files, where there are several in a module', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bundled-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = (name: string): string => pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, 'many.js'), TEXT);
  writeFileSync(join(folder, 'one.js'), 'b();\n');
  const stack = (...names: readonly string[]): string => {
    const [first, second, third, fourth] = names;
    return `Error: x\n    at a (${first}:3:10)\n    at ${second}:6:1\n    at b (${third}:1:1)\n    at ${fourth}:1:1\n    at node:fs:1:1`;
  };
  const many = place('many.js');
  const before = stack(many, many, place('one.js'), place('gone.js'));
  const after = before.replace(`${many}:3:10`, `${many}:3:10 (src/files/a.ts)`);
  assert.equal(withSources(before), after.replace(`${many}:6:1`, `${many}:6:1 (src/b.ts)`));
  assert.equal(withSources(`at ${many}:1:1`), `at ${many}:1:1`, 'before the first of them');
});
