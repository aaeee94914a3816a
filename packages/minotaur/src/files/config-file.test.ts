import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { loadConfig } from './config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const clock = 'clocks: { a: { bars: tick, threshold: 3 } }\n';
const mistakes: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['empty.yaml', '', /empty\.yaml: expected a mapping of settings, found nothing/],
  ['comment.yaml', '# nothing\n', /found nothing/],
  ['list.yaml', '- a\n- b\n', /found a list/],
  ['text.yaml', 'hello', /found the text 'hello'/],
  ['tabs.yaml', 'clocks:\n\ta: 3\n', /line 2, column 1: .*found a tab as indentation/],
  ['twice.yaml', clock + clock, /line 2, column 1: .*found the same key twice/],
  ['several.yaml', `${clock}---\nx: 1\n`, /found several documents/],
  ['alias.yaml', 'clocks: *x\n', /Unresolved alias/],
  ['utf16.yaml', Buffer.from(`\ufeff${clock}`, 'utf16le'), /in UTF-8, found UTF-16/],
  ['latin.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe4]), /found bytes that are no text/],
  ['zeros.yaml', Buffer.from([0, 1, 2, 3]), /found bytes that are no text/],
  ['open.json', '{ "clocks": { ', /open\.json, line 1, column \d+: expected YAML or JSON/],
  ['number.mjs', 'export default 5;', /expected a mapping of settings, found 5/],
  ['function.mjs', 'export default () => ({});', /found a function/],
  ['throws.mjs', 'throw new Error("boom")', /expected a module that loads, found boom/],
  ['named.mjs', 'export const config = {};', /expected a default export/],
];

for (const [name, content, message] of mistakes) {
  test(`a configuration that is none: ${name}`, async () => {
    writeFileSync(join(folder, name), content);
    await assert.rejects(loadConfig(join(folder, name)), (error: unknown) => {
      assert.ok(error instanceof MinotaurError);
      assert.match(error.message, message);
      return true;
    });
  });
}

test('names that are no file: a directory, a misspelt preset, nothing, what every object has', async () => {
  await assert.rejects(loadConfig(folder), /expected a configuration: YAML, JSON or a module, found a directory/);
  await assert.rejects(loadConfig('startr'), /did you mean 'starter'/);
  for (const name of ['', 'constructor', '__proto__'])
    await assert.rejects(loadConfig(name), /a preset \(starter, spot-perpetual, minotaur\) or a file/);
});

test('a mark at the beginning of the file is no text', async () => {
  writeFileSync(join(folder, 'bom.yaml'), `\ufeff${clock}`);
  assert.deepEqual(Object.keys((await loadConfig(join(folder, 'bom.yaml'))).config.clocks), ['a']);
});
