/** Stores that stop in the middle, refuse for good, or bear names that SQL has: on real servers. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { digestAfter, encodeRows } from '../../packages/minotaur/src/bus/codec/rows.ts';
import { followLog, type Course, type FollowedStore } from '../../packages/minotaur/src/runs/sinks/follow.ts';
import { createFollowed } from '../../packages/minotaur/src/runs/sinks/followed.ts';
import { openPostgres } from '../../packages/minotaur/src/sinks/postgres.ts';
import { openRedis } from '../../packages/minotaur/src/sinks/redis.ts';
import { memoryLog, type MemoryLog } from '../memory-log.ts';
import { startServer } from '../servers.ts';

const SCHEMA = 'ab'.repeat(32);
const ANSWER_MS = 2000;
const postgres = startServer('postgres');
const redis = startServer('redis');

async function write(log: MemoryLog, first: number): Promise<void> {
  const from = (start: number, end: number) =>
    Array.from({ length: end - start }, (_, i) => ({
      time: 1e15 + start + i,
      values: Float64Array.of(start + i),
      ready: true,
      complete: true,
    }));
  const rows = from(first, first + 2);
  const digest = digestAfter(from(0, first + 2), undefined);
  const value = encodeRows({ schemaId: SCHEMA, chain: 'A', epoch: 0, first, rows, digest });
  await log.write(0, [{ topic: 'rows', key: 'A', value }], new AbortController().signal);
}

/** Follows a log until it is told to end. */
function follow(log: MemoryLog, open: FollowedStore['open']) {
  const stop = new AbortController();
  const notes: string[] = [];
  const course: Course = {
    log,
    topic: 'desk.rows.abab',
    once: false,
    signal: stop.signal,
    chainOf: (chain) => ({ instruments: chain, schemaId: SCHEMA, columns: ['a'] }),
    followed: createFollowed(log, 1),
    onNote: (words) => notes.push(words),
  };
  const following = followLog({ open, requireFit: () => undefined, gatherMs: 0 }, course);
  return { following, followed: course.followed, notes, stop };
}

async function until(holds: () => boolean, ms: number): Promise<void> {
  for (const end = performance.now() + ms; !holds() && performance.now() < end;) await pause(20);
  assert.ok(holds(), `not within ${ms} ms`);
}

/** Signals the server that listens at this port and the processes that it has at the time. */
function tell(url: string, signal: NodeJS.Signals): void {
  const { port } = new URL(url);
  const find = (...flags: readonly string[]): string[] =>
    spawnSync('pgrep', flags, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  const [first] = find('-f', `(-p ${port} |redis-server .*:${port}$)`);
  assert.ok(Number(first) > 1, 'the server is there');
  // One of them may have gone since.
  spawnSync('kill', [`-${signal.slice(3)}`, first, ...find('-P', first)]);
}

const STORES = {
  postgres: { server: postgres, open: (url: string) => openingPostgres(url, 'hanging') },
  redis: {
    server: redis,
    open: (url: string) => openingRedis(url, 'hanging'),
  },
};

function openingRedis(url: string, prefix: string): FollowedStore['open'] {
  return (dropped) => openRedis({ url, prefix }, { answerMs: ANSWER_MS, dropped });
}

function openingPostgres(url: string, table: string): FollowedStore['open'] {
  return (dropped) => openPostgres({ url, table, layout: 'columns' }, { answerMs: ANSWER_MS, dropped });
}

for (const [name, { server, open }] of Object.entries(STORES))
  test(
    `${name} that hangs is told and tried again, goes on where it wakes, and is left some seconds after a signal`,
    { skip: server.skip ?? false, timeout: 60_000 },
    async () => {
      const url = server.facts?.['url'] ?? '';
      const log = memoryLog(1);
      await write(log, 0);
      const { following, followed, notes, stop } = follow(log, open(url));
      await until(() => followed.rows === 2, 5000);
      tell(url, 'SIGSTOP');
      try {
        await write(log, 2);
        await until(() => !followed.isUp, ANSWER_MS + 3000);
        assert.match(notes[0], new RegExp(`^${name}`));
        tell(url, 'SIGCONT');
        await until(() => followed.isUp && followed.next[0] === 2, 20_000);
        tell(url, 'SIGSTOP');
        await write(log, 4);
        await pause(200);
        const from = performance.now();
        stop.abort();
        await following;
        assert.ok(performance.now() - from < 10_000);
      } finally {
        tell(url, 'SIGCONT');
        stop.abort();
      }
    },
  );

test(
  'PostgreSQL: what it refuses for good ends the sink; a connection that it ends does not',
  { skip: postgres.skip ?? false, timeout: 60_000 },
  async () => {
    const url = postgres.facts?.['url'] ?? '';
    const log = memoryLog(1);
    await write(log, 0);
    const { following, followed, notes } = follow(log, openingPostgres(url, 'user'));
    const ended = following.catch((error: unknown) => error);
    await until(() => followed.rows === 2, 5000);
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const others = 'FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()';
      await client.query(`SELECT pg_terminate_backend(pid) ${others}`);
      await write(log, 2);
      await until(() => followed.rows === 4 && followed.isUp, 10_000);
      assert.equal(notes.length, 1);
      const { rows } = await client.query<{ a: number }>('SELECT a FROM "user" ORDER BY ordinal');
      assert.deepEqual(
        rows.map(({ a }) => a),
        [0, 1, 2, 3],
      );
      await client.query('ALTER TABLE "user" RENAME COLUMN a TO b');
      await write(log, 4);
      assert.match(String(await ended), /postgres, table user: expected a server that takes rows, found 42703: /);
      assert.equal(notes.length, 1, 'it was not tried again');
    } finally {
      await client.end();
    }
  },
);

/** Follows into a Redis that has taken two rows, as the user of the URL. */
async function followRedis(t: TestContext, { prefix, login }: { prefix: string; login: string | undefined }) {
  const url = redis.facts?.['url'] ?? '';
  const admin = new Redis(url);
  t.after(() => admin.disconnect());
  if (login !== undefined) await admin.call('ACL', 'SETUSER', 'sink', 'on', `>${login}`, 'allkeys', 'allcommands');
  const own = login === undefined ? url : url.replace('//', `//sink:${login}@`);
  const log = memoryLog(1);
  await write(log, 0);
  const course = follow(log, openingRedis(own, prefix));
  const ended = course.following.catch((error: unknown) => error);
  t.after(() => course.stop.abort());
  await until(() => course.followed.rows === 2, 5000);
  return { ...course, admin, ended, log };
}

const REFUSALS: readonly {
  readonly code: string;
  readonly login?: string;
  readonly spoil: (admin: Redis) => Promise<unknown>;
}[] = [
  { code: 'WRONGTYPE', spoil: (admin) => admin.multi().del('WRONGTYPE:row:A').lpush('WRONGTYPE:row:A', 'x').exec() },
  { code: 'NOPERM', login: 'one', spoil: (admin) => admin.call('ACL', 'SETUSER', 'sink', '-set') },
  {
    code: 'WRONGPASS',
    login: 'two',
    async spoil(admin) {
      await admin.call('ACL', 'SETUSER', 'sink', 'resetpass', '>three');
      await admin.call('CLIENT', 'KILL', 'USER', 'sink');
    },
  },
  {
    code: 'NOAUTH',
    async spoil(admin) {
      await admin.config('SET', 'requirepass', 'secret');
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
  },
];

for (const { code, login, spoil } of REFUSALS)
  test(
    `Redis: ${code} ends the sink by its name, and is not tried again`,
    { skip: redis.skip ?? false, timeout: 60_000 },
    async (t) => {
      const { admin, ended, log, notes } = await followRedis(t, { prefix: code, login });
      try {
        await spoil(admin);
        await write(log, 2);
        const within = pause(10_000, 'it goes on', { ref: false });
        const found = String(await Promise.race([ended, within]));
        assert.match(found, new RegExp(`redis 127\\S+: expected a Redis server that \\w+.*, found ${code} `));
        assert.ok(!found.includes('secret'));
        assert.ok(notes.length <= 1, notes.join('; '));
      } finally {
        await admin.config('SET', 'requirepass', '');
      }
    },
  );

test(
  'Redis: one that is full, or a replica, is told by its words and tried until it takes rows',
  { skip: redis.skip ?? false, timeout: 60_000 },
  async (t) => {
    const { admin, followed, log, notes, stop, ended } = await followRedis(t, { prefix: 'passing', login: undefined });
    const over = async (words: RegExp, begin: readonly string[], end: readonly string[]): Promise<void> => {
      const { rows } = followed;
      await admin.call(...(begin as [string]));
      try {
        await write(log, rows);
        await until(() => notes.some((note) => words.test(note)), 10_000);
        await pause(1500);
        assert.ok(!followed.isUp);
      } finally {
        await admin.call(...(end as [string]));
      }
      await until(() => followed.isUp && followed.rows === rows + 2, 10_000);
    };
    await over(/found OOM /, ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']);
    await over(/found READONLY /, ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']);
    stop.abort();
    assert.equal(await ended, undefined);
  },
);
