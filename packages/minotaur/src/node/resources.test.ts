/** Memory of this process, and not of the one that started it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { peakRssBytes } from './resources.ts';

const ASK = `import { peakRssBytes } from '${import.meta.resolve('./resources.ts')}'; console.log(peakRssBytes());`;
const MiB = 1024 * 1024;

test('the most memory is what the process itself held', { skip: process.platform !== 'linux' && 'not Linux' }, () => {
  const large = new Float64Array(50 * MiB).fill(1);
  const args = ['--conditions=minotaur-source', '--input-type=module', '-e', ASK];
  const child = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  assert.ok(peakRssBytes() > 400 * MiB && large[0] === 1);
  assert.ok(child > 20 * MiB && child < 300 * MiB, `${child / MiB} MiB`);
});
