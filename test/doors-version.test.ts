/** The version of the doors: raised where files are refused that were not, so that nothing which passed before is taken for checked. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run, simulate } from 'minotaur/runs';
import { DOORS_VERSION } from '../packages/minotaur/src/files/doors.ts';
import { requireStep } from '../packages/minotaur/src/store/step.ts';
import { readManifest, temporaryFolder } from './cli.ts';
import { smallChain } from './several.ts';

const SOURCES = fileURLToPath(new URL('../packages/minotaur/src/', import.meta.url));

/** Refusals of what files hold, and how they are worded: those of this version. */
const REFUSALS = 'b1f96b6bfc5f9034';

test('a refusal that is new raises the version of the doors', () => {
  const files = globSync(['files/**/*.ts', 'runs/chain/*.ts'], { cwd: SOURCES }).filter(
    (name) => !name.includes('.test.'),
  );
  const refusals = files.flatMap((name) => {
    const text = readFileSync(join(SOURCES, name), 'utf8');
    return [...text.matchAll(/\bfail\w*\([^;]*?;/g)].map(([call]) => call.replaceAll(/\s+/g, ' '));
  });
  assert.ok(refusals.length > 200, `${refusals.length} were found`);
  const found = createHash('sha256').update(refusals.toSorted().join('\n')).digest('hex').slice(0, 16);
  assert.equal(
    found,
    REFUSALS,
    'refusals of files have changed: where one is new or wider, raise DOORS_VERSION in files/doors.ts; then REFUSALS here is the digest that was found',
  );
});

test('what has passed other doors is taken again by run, and is no month of a job list', async () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  await simulate({ trades: 3000, seed: 3, out: at('t.csv.gz') });
  writeFileSync(at('c.json'), JSON.stringify({ ...smallChain, data: { trades: 't.csv.gz' } }));
  // The same program with the doors of before.
  writeFileSync(
    at('older.mjs'),
    `import { registerHooks } from 'node:module';
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/files/doors.ts')
      ? { format: 'module', source: 'export const DOORS_VERSION = 0;', shortCircuit: true }
      : next(url, context),
});
`,
  );
  const line = ['run', at('c.json'), '--out', at('out'), '--until', 'replay'];
  const main = join(SOURCES, 'cli', 'main.ts');
  const flags = ['--conditions=minotaur-source', '--import', at('older.mjs')];
  const older = spawnSync(process.execPath, [...flags, main, ...line], { encoding: 'utf8' });
  assert.equal(older.status, 0, older.stderr);
  const before = readManifest(join(at('out'), 'build'));
  assert.equal(before.doors, 0);
  const options = { config: at('c.json'), out: at('out'), until: 'replay' };
  const retaken = async (): Promise<string[]> =>
    (await run(options)).steps.filter(({ unchanged }) => !unchanged).map(({ name }) => name);
  assert.deepEqual(await retaken(), ['build', 'replay']);
  assert.equal(readManifest(join(at('out'), 'build')).doors, DOORS_VERSION);
  assert.deepEqual(await retaken(), []);

  const step = { symbol: 'X', month: '2024-08', configuration: 'c' };
  const expected = { ...step, engineVersion: before.engineVersion };
  const month = { ...before, step: { ...step, key: '', before: null, tags: {} } };
  assert.throws(() => requireStep(month, expected, 'm'), /have passed all that is asked.*passed doors 0: remove it/);
  requireStep({ ...month, doors: DOORS_VERSION }, expected, 'm');
});
