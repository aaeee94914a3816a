/** The reference of configurations: every section has an example that parses, every key stands in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { configSchema, type ConfigInput } from '../packages/core/src/config/schema.ts';
import { configurationExamples } from '../scripts/docs/configuration-examples.ts';
import { configurationPage } from '../scripts/docs/configuration-page.ts';

const read = (name: string): Partial<ConfigInput> => parse(configurationExamples[name]) as Partial<ConfigInput>;

test('the example of every section is taken', () => {
  const base = { ...read('clocks'), ...read('features') };
  for (const name of Object.keys(configurationExamples)) {
    const own = read(name);
    assert.deepEqual(Object.keys(own), [name]);
    assert.doesNotThrow(() => parseConfig({ ...base, ...own } as ConfigInput), name);
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
