/** `verify --checks memory` as a user runs it: a summary on the terminal, the whole certificate as JSON. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Certificate } from '../packages/minotaur/src/verify/harness/certificate.ts';
import { minotaur, temporaryFolder } from './cli.ts';

test('the certificate: in a few lines, and whole with --json', () => {
  const folder = temporaryFolder();
  const [trades, config] = [join(folder, 't.parquet'), join(folder, 'c.json')];
  assert.equal(minotaur('simulate', '--trades', '30000', '--seed', '2', '--out', trades).status, 0);
  const clocks = { short: { bars: 'tick', threshold: 20 }, '1min': { bars: 'time', every: '1min' } };
  const features = { short: ['sma(close, 20)', 'obv(close, volume)'], '1min': ['close'] };
  writeFileSync(config, JSON.stringify({ clocks, features }));
  const flags = ['verify', '--trades', trades, '--config', config, '--checks', 'memory'];
  const said = minotaur(...flags);
  assert.equal(said.status, 0, said.stderr);
  assert.match(said.stdout, /holds {2}memory/);
  assert.match(said.stdout, /short: 20 bars, about 400 trades, .* (min|h)/);
  assert.match(said.stdout, /whole row: .*, with clock 1min/);
  assert.match(said.stdout, /ready to 1e-9: from then on nothing differs/);
  assert.match(said.stdout, /short sma_20: finite\(20\), within 1e-9 after 20 bars/);
  assert.match(said.stdout, /1 features depend on the start for ever/);

  const { checks } = JSON.parse(minotaur(...flags, '--json').stdout) as { checks: { certificate: Certificate }[] };
  const { certificate } = checks[0];
  assert.deepEqual(Object.keys(certificate), ['clocks', 'row', 'ready', 'features', 'curves']);
  assert.deepEqual(
    certificate.features.map(({ feature, exactAfter }) => [feature, exactAfter]),
    [
      ['sma_20', 20],
      ['obv', null],
      ['close', 1],
    ],
  );
  assert.ok(certificate.curves.every(({ points }) => points.every(([row, gap]) => row >= 1 && gap >= 0 && gap <= 1)));
});
