import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { modelSection } from 'minotaur-core/internal/model/section';
import { moduleDigest } from './model-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-module-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test("a network of one's own is known by its file: edited it is another; other kinds have none", () => {
  const settings = modelSection.parse({ kind: 'module', path: 'net.js' });
  assert.throws(() => moduleDigest(settings, folder), /net\.js: expected a module that loads, found no such file/);
  const digests = ['export default 1;', 'export default 2;'].map((text) => {
    writeFileSync(join(folder, 'net.js'), text);
    return moduleDigest(settings, folder);
  });
  assert.equal(new Set(digests).size, 2);
  assert.equal(moduleDigest(modelSection.parse({ kind: 'trees' }), folder), undefined);
});
