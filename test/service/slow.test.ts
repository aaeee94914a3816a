/** A subscriber that does not read costs nobody anything: he is sent away, and comes back where he was. */
import assert from 'node:assert/strict';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createPublication, type Publication } from '../../packages/minotaur/src/service/publication/publication.ts';
import type { PublicationFacts } from '../../packages/minotaur/src/service/publication/facts.ts';
import { decodeFrame } from '../../packages/minotaur/src/service/protocol/frame.ts';
import { folder, live, serve } from './rig.ts';

const WIDTH = 1000;

/** A session of wide rows, made up. */
function wide(): { publication: Publication; emit: (count: number) => void } {
  const facts: PublicationFacts = {
    session: 'wide',
    schemaId: 's',
    artefact: null,
    engineVersion: '0',
    instruments: ['X'],
    clocks: [],
    columns: Array.from({ length: WIDTH }, (_, i) => `c${i}`),
    meanings: [],
    config: {},
    barPlaces: new Map(),
  };
  const publication = createPublication(facts, { now: () => 0 });
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  const values = new Float64Array(WIDTH);
  const one = Float64Array.of(1);
  let made = 0;
  return {
    publication,
    emit(count) {
      for (let i = 0; i < count; i++) {
        values[0] = performance.now();
        values[1] = made++;
        publication.sinks.onRows?.({ count: 1, width: WIDTH, time: one, values, ready: one, complete: one });
        publication.commit(1);
      }
    },
  };
}

/** Asks for a stream and then reads nothing, not even the answer. */
function deaf(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.pause();
      socket.write(
        `GET /v1/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n' +
          'Sec-WebSocket-Protocol: minotaur.v1.binary\r\n\r\n',
      );
      resolve(socket);
    });
    socket.on('error', () => {});
  });
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))];

test(
  'a hundred subscribers, ten of which do not read: these are closed, memory is bounded, the others get every row',
  { timeout: 120_000 },
  async () => {
    const { publication, emit } = wide();
    const service = await serve({ publication }, undefined);
    const counts = new Array<number>(90).fill(0);
    // Of two columns, so that it is not the readers who keep this process busy.
    let latencies: number[] = [];
    const readers = counts.map((_, i) => {
      const socket = new WebSocket(`ws://127.0.0.1:${service.port}/v1/stream?columns=c0,c1`, ['minotaur.v1.binary']);
      socket.binaryType = 'arraybuffer';
      socket.on('message', (data) => {
        if (!(data instanceof ArrayBuffer)) return;
        const row = decodeFrame(data, []);
        if (row?.kind !== 'row') return assert.fail('a row');
        assert.equal(row.values[1], counts[i], 'in order, none missing');
        counts[i]++;
        if (i === 0) latencies.push(performance.now() - row.values[0]);
      });
      return new Promise<WebSocket>((resolve) => socket.on('open', () => resolve(socket)));
    });
    const open = await Promise.all(readers);
    let sent = 0;
    const steady = async (rows: number, onRow: () => void): Promise<number> => {
      latencies = [];
      const to = sent + rows;
      for (; sent < to; sent++) {
        emit(1);
        onRow();
        await sleep(1);
      }
      while (counts.some((count) => count < sent)) await sleep(10);
      return quantile(latencies, 0.5);
    };
    await steady(200, () => {});
    const quiet = await steady(300, () => {});
    const silent = await Promise.all(Array.from({ length: 10 }, () => deaf(service.port)));
    const subscribers = async (): Promise<number> =>
      ((await (await fetch(`${service.url}/v1/status`)).json()) as { subscribers: number }).subscribers;
    while ((await subscribers()) < 100) await sleep(20);
    const before = process.memoryUsage();
    let most = 0;
    const median = await steady(2600, () => {
      most = Math.max(most, process.memoryUsage().rss - before.rss);
    });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    assert.match(metrics, /minotaur_subscribers_closed_total\{reason="slow"\} 10/);
    // The ring has 32 MB; ten that do not read would have 210 MB without a bound, readers share their rows.
    assert.ok(most < 160e6, `${(most / 1e6).toFixed(0)} MB more`);
    assert.ok(median < 3 * quiet + 10, `p50 ${median.toFixed(2)} ms, ${quiet.toFixed(2)} ms without them`);
    console.log(
      `    p50 ${quiet.toFixed(2)} ms, with ten that do not read ${median.toFixed(2)} ms, ${(most / 1e6).toFixed(0)} MB`,
    );
    for (const socket of open) socket.terminate();
    for (const socket of silent) socket.destroy();
    await service.close();
  },
);

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
