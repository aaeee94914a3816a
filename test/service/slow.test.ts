/** A subscriber that does not read costs nobody anything: he is sent away, and comes back where he was. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { decodeFrame } from '../../packages/minotaur/src/service/protocol/frame.ts';
import { folder, live, serve } from './rig.ts';
import { wide } from './wide.ts';

test('fault 41: who was too slow is told 4008 and the last row that was sent, and is given the rest when he comes back', async () => {
  const { publication, emit } = wide();
  const service = await serve({ publication }, undefined);
  const socket = new WebSocket(`ws://127.0.0.1:${service.port}/v1/stream`, ['minotaur.v1.binary']);
  const got: number[] = [];
  socket.binaryType = 'arraybuffer';
  socket.on('message', (data) => {
    if (data instanceof ArrayBuffer) got.push(decodeFrame(data, [])?.ordinal ?? NaN);
  });
  await new Promise((resolve) => socket.on('open', resolve));
  await sleep(50);
  socket.pause();
  const closed = new Promise<[number, string]>((resolve) =>
    socket.on('close', (code, reason) => resolve([code, reason.toString()])),
  );
  for (let i = 0; i < 3500; i += 100) {
    emit(100);
    await sleep(2);
  }
  await sleep(100);
  socket.resume();
  const [code, reason] = await closed;
  assert.equal(code, 4008);
  assert.deepEqual(JSON.parse(reason), { last: `0:${got.at(-1)}` });
  assert.deepEqual(
    got,
    got.map((_, i) => i),
  );
  assert.ok(got.length < 3500);
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(metrics, /^minotaur_subscribers_closed_total\{reason="slow"\} 1$/m);
  await service.close();
});

test('a stream goes on from 0:0 through more rows than a subscriber may lag, because he who catches up reads', async () => {
  const directory = join(folder, 'long');
  const session = await live(directory);
  session.drive(3000);
  const service = await serve(session, directory, {
    limits: { subscriber: { rows: 10, bytes: 10_000 } },
  });
  const socket = new WebSocket(`ws://127.0.0.1:${service.port}/v1/stream?from=0:0`, ['minotaur.v1.json']);
  const ordinals: number[] = [];
  await new Promise<void>((resolve) =>
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { kind: string; ordinal: number };
      if (message.kind === 'row') ordinals.push(message.ordinal);
      if (message.ordinal === 599) resolve();
    }),
  );
  assert.deepEqual(
    ordinals,
    ordinals.map((_, i) => i),
  );
  socket.terminate();
  await service.close();
});
