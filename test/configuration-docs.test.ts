/** The reference of configurations: every section has an example that parses, every key stands in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../packages/core/src/config/schema.ts';
import { loadConfig } from '../packages/minotaur/src/files/config-file.ts';
import { configurationExamples } from '../scripts/docs/configuration-examples.ts';
import { configurationPage } from '../scripts/docs/configuration-page.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();

test('the example of every section is taken', async () => {
  for (const [name, example] of Object.entries(configurationExamples)) {
    assert.match(example.trim(), new RegExp(`^${name}:`));
    const beside = ['clocks', 'features'].filter((other) => other !== name);
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, [...beside.map((other) => configurationExamples[other]), example].join('\n'));
    await assert.doesNotReject(loadConfig(path), name);
  }
  const without = Object.keys(configSchema.shape).filter((name) => !(name in configurationExamples));
  // Functions: only a module has them.
  assert.deepEqual(without, ['operators']);
});

test('every section and group is on the page, with its keys', () => {
  const page = configurationPage();
  for (const name of Object.keys(configSchema.shape)) assert.match(page, new RegExp(`^## ${name}$`, 'm'));
  for (const key of ['`threshold`', '`reorder.within`', '`tolerance`', '`trades`', '### prices', '### volatility'])
    assert.ok(page.includes(key), key);
});
