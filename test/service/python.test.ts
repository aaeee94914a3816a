/** The Python client of one file, where there is a Python with numpy. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeToken } from '../../packages/minotaur/src/service/auth/tokens.ts';
import { folder, live, serve } from './rig.ts';

const CLIENT = fileURLToPath(new URL('../../examples/python/minotaur_client.py', import.meta.url));
const python = process.env['MINOTAUR_PYTHON'] ?? 'python3';
const { status } = spawnSync(python, ['-c', 'import numpy']);
const needsNumpy = status === 0 ? {} : { skip: 'needs a python3 with numpy, or MINOTAUR_PYTHON naming one' };

test('a Python process gets every row once with its bits, over a restart of the service', needsNumpy, async () => {
  const directory = join(folder, 'python');
  const tokens = join(folder, 'python.json');
  const token = makeToken(tokens, 'python', 'read');
  let session = await live(directory, { items: 20 });
  const { emitted } = session;
  session.drive(300);
  let service = await serve(session, directory, { tokens });
  const { port, url } = service;
  const child = spawn(python, [CLIENT, url, token, '0:0', '120']);
  let text = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (text.split('\n').length < 60) await sleep(20);
  session.drive(400);
  await service.close();
  const rest = (session = await live(directory, { items: 20 })).emitted;
  service = await serve(session, directory, { tokens, port });
  session.drive(600);
  assert.equal(await ended, 0, errors);
  const hex = (values: Float64Array): string => Buffer.from(Float64Array.from(values).buffer).toString('hex');
  // What was replayed at the restart stands in `rest` again.
  const expected = [...emitted, ...rest.slice(-40)];
  const lines = text.trim().split('\n');
  assert.equal(lines.length, 120);
  lines.forEach((line, i) => {
    const { time, ready, complete, values } = expected[i];
    assert.equal(line, `0:${i} ${time} ${+ready} ${+complete} ${hex(values)}`);
  });
  await service.close();
});

test('it says why it is refused', needsNumpy, async () => {
  const tokens = join(folder, 'python-2.json');
  makeToken(tokens, 'python', 'read');
  const service = await serve(await live(join(folder, 'python-2')), undefined, { tokens });
  const child = spawn(python, [CLIENT, service.url, 'mnt_wrong']);
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 1);
  assert.match(errors, /Refused: 401: expected a token/);
  await service.close();
});
