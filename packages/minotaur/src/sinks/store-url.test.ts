import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgres } from './postgres.ts';
import { openRedis, readNewestRow } from './redis.ts';
import { POSTGRES_URL, REDIS_URL, requireUrl } from './store-url.ts';

const postgres = (url: string) => openPostgres({ url, table: 'rows', layout: 'columns' });
const redis = (url: string) => openRedis({ url, prefix: 'minotaur' });
const refusal = (expected: string, found: string) => ({
  kind: 'config',
  message: `--url: expected ${expected}, found ${found}`,
});

test('a URL of another store, or without a scheme, is refused by name, and nothing else of it is said', async () => {
  const [ofPostgres, ofRedis] = [POSTGRES_URL.expected, REDIS_URL.expected];
  const without = 'a URL without a scheme';
  await assert.rejects(redis('127.0.0.1:6379'), refusal(ofRedis, without));
  await assert.rejects(redis('user:secret@cache:6379'), refusal(ofRedis, without));
  await assert.rejects(redis('postgres://user:secret@127.0.0.1:1/x'), refusal(ofRedis, 'postgres://'));
  await assert.rejects(readNewestRow('X', { url: 'localhost', prefix: 'minotaur' }), refusal(ofRedis, without));
  await assert.rejects(postgres('redis://127.0.0.1:1'), refusal(ofPostgres, 'redis://'));
  await assert.rejects(postgres('127.0.0.1:5432/market'), refusal(ofPostgres, without));
});

test('what drivers know is taken, sockets too', () => {
  for (const url of ['redis://h:1/2', 'rediss://h', 'REDIS://h', '/run/redis.sock']) requireUrl(url, REDIS_URL);
  for (const url of ['postgres://h/x', 'postgresql://u@h:1/x', 'socket:/run?db=x', '/run/postgresql x'])
    requireUrl(url, POSTGRES_URL);
});
