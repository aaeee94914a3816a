/** `features --memory`, as a user runs it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { minotaur, temporaryFolder } from './cli.ts';

test('one operator: what it declares, what was measured, exit 0', () => {
  const { status, stdout } = minotaur('features', '--memory', 'sma', '--json');
  assert.equal(status, 0);
  const [sma, ...others] = JSON.parse(stdout) as {
    declared: unknown;
    measured: { rows: unknown };
    holds: boolean;
  }[];
  assert.deepEqual(others, []);
  assert.deepEqual(sma.declared, { class: 'finite', rows: 14 });
  assert.deepEqual(sma.measured.rows, { '1e-12': 14, '1e-9': 14, '1e-6': 14, '1e-3': 14, equal: 14 });
  assert.equal(sma.holds, true);
  assert.match(minotaur('features', '--memory', 'sma').stdout, /^sma\(14\) +finite 14 +14 +14 +14 +14 +14$/m);
});

test('an own operator that declares what is not so: named with offset and row, exit 1', () => {
  const config = join(temporaryFolder(), 'own.config.ts');
  const own = fileURLToPath(new URL('laws/broken/short-fading.ts', import.meta.url));
  writeFileSync(
    config,
    `import { shortFading } from ${JSON.stringify(own)};
     export default { clocks: { a: { bars: 'tick', threshold: 5 } }, operators: [shortFading] };`,
  );
  const { status, stdout } = minotaur('features', '--memory', 'short_fading', '--config', config);
  assert.equal(status, 1);
  assert.match(stdout, /CONTRADICTED/);
  assert.match(stdout, /declared fading with 20 rows: .* at row \d+, \d+ rows after a start at offset \d+/);
});

test('an unknown operator cannot be measured: exit 2, with the nearest', () => {
  const { status, stderr } = minotaur('features', '--memory', 'smaa');
  assert.equal(status, 2);
  assert.match(stderr, /did you mean 'sma'/);
});
