import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { serveProbes } from '../../node/probes.ts';
import { probedWorker } from './health.ts';
import { NO_COUNTS } from '../recovery/shard.ts';
import type { WorkerStatus } from './contract.ts';
import type { BusWorker } from './worker.ts';

const NOTHING = { ...NO_COUNTS, waiting: 0, slowestBeginning: 0, kept: 0, retries: 0 };
const status: WorkerStatus = { partitions: [0], begun: 1, chains: 0, ...NOTHING, failed: [], halted: [] };
const worker: BusWorker = {
  status: () => status,
  lag: async () => 0,
  stop: async () => {},
  broken: new Promise<never>(() => {}),
};

function statusOf(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

test('a request for what is no URL is answered, and the worker goes on', async () => {
  const health = await serveProbes(() => probedWorker(worker, () => 0), { port: 0, host: '127.0.0.1' });
  try {
    for (const path of ['//', '///x', '/nothing']) assert.equal(await statusOf(health.url, path), 404, path);
    for (const path of ['/healthz', '/readyz?from=probe', '/metrics'])
      assert.equal(await statusOf(health.url, path), 200, path);
  } finally {
    await health.close();
  }
});

test('metrics are told while the log does not say how far it is', async () => {
  const away = { ...worker, lag: () => new Promise<number>(() => {}) };
  const refusing = { ...worker, lag: () => Promise.reject(new Error('nobody there')) };
  for (const one of [away, refusing]) {
    const health = await serveProbes(() => probedWorker(one, () => 3), { port: 0, host: '127.0.0.1' });
    try {
      const text = await (await fetch(`${health.url}/metrics`)).text();
      assert.match(text, /^minotaur_worker_lag_messages NaN$/m);
      assert.match(text, /^minotaur_worker_rows_waiting_bytes 0$/m);
    } finally {
      await health.close();
    }
  }
});

test('it listens before its worker has joined, and one whose port is taken is told of --port 0', async () => {
  let joined: BusWorker | undefined;
  const health = await serveProbes(() => joined && probedWorker(joined, () => 0), { port: 0, host: '127.0.0.1' });
  try {
    const found = async () => [await statusOf(health.url, '/healthz'), await statusOf(health.url, '/readyz')];
    assert.deepEqual(await found(), [200, 503]);
    joined = worker;
    assert.deepEqual(await found(), [200, 200]);
    const port = Number(new URL(health.url).port);
    await assert.rejects(
      serveProbes(() => probedWorker(worker, () => 0), { port, host: '127.0.0.1' }),
      /--port: expected a port of 127\.0\.0\.1 that can be had \(0: any that is free\)/,
    );
  } finally {
    await health.close();
  }
});
