/** Ten of a hundred subscribers do not read: it costs the others nothing. */
import assert from 'node:assert/strict';
import { createConnection, type Socket } from 'node:net';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { decodeFrame } from '../../packages/minotaur/src/service/protocol/frame.ts';
import { serve } from '../service/rig.ts';
import { wide } from '../service/wide.ts';

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

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Bytes that somebody holds: what the process has of the system is the collector's business, which a busy machine puts off. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test(
  'a hundred subscribers, ten of which do not read: these are closed, memory is bounded, the others get every row',
  { timeout: 300_000 },
  async (t) => {
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
    const silent: Socket[] = [];
    // Also where something fails: what is open would keep the process.
    t.after(() => {
      for (const socket of open) socket.terminate();
      for (const socket of silent) socket.destroy();
    });
    let sent = 0;
    /** Of so many rows: the median latency, and the processor time of each. */
    const steady = async (rows: number, onRow: () => void): Promise<{ p50: number; cpu: number }> => {
      latencies = [];
      const to = sent + rows;
      const before = process.cpuUsage();
      for (; sent < to; sent++) {
        emit(1);
        onRow();
        await sleep(1);
      }
      while (counts.some((count) => count < sent)) await sleep(10);
      const { user, system } = process.cpuUsage(before);
      return { p50: quantile(latencies, 0.5), cpu: (user + system) / 1000 / rows };
    };
    await steady(200, () => {});
    const quiet = await steady(300, () => {});
    silent.push(...(await Promise.all(Array.from({ length: 10 }, () => deaf(service.port)))));
    const subscribers = async (): Promise<number> =>
      ((await (await fetch(`${service.url}/v1/status`)).json()) as { subscribers: number }).subscribers;
    while ((await subscribers()) < 100) await sleep(20);
    const before = held();
    let most = 0;
    const disturbed = await steady(2600, () => {
      if (sent % 100 === 0) most = Math.max(most, held() - before);
    });
    // For being slow, or on a machine on which all this takes longer than two pings, for being silent.
    while ((await subscribers()) > 90) await sleep(20);
    // The ring has 32 MB; ten that do not read would have 210 MB without a bound, readers share their rows.
    assert.ok(most < 100e6, `${(most / 1e6).toFixed(0)} MB more`);
    // Processor time, not latency: that is the machine's too, which is shared with other tests.
    const figures = `${disturbed.cpu.toFixed(2)} ms of processor time a row, ${quiet.cpu.toFixed(2)} ms without them`;
    assert.ok(disturbed.cpu < 3 * quiet.cpu, figures);
    const p50 = `p50 ${quiet.p50.toFixed(2)} ms, with ten that do not read ${disturbed.p50.toFixed(2)} ms`;
    console.log(`    ${p50}; ${figures}; ${(most / 1e6).toFixed(0)} MB`);
  },
);
