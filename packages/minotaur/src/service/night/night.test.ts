/** Somebody is woken once, whatever the other side does; a disk at the edge is not told of every second; old segments go, needed ones stay. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { recordTrades, tradesAround, CHAIN } from '../../../../../test/day-of-trades.ts';
import { createEngine } from '../../node/engine.ts';
import { recoverEngine } from '../../journal/recover.ts';
import { openJournal } from '../../journal/reader.ts';
import { firstTradeTime } from '../../journal/states.ts';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { shadow } from '../../verify/shadow/shadow.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { createJournalHistory } from '../publication/history.ts';
import { seedsOnRecord } from '../supervisor/seeds.ts';
import { createAlarms, type Alarm } from './alarms.ts';
import { createDiskWatch } from './disk.ts';
import { removeOldSegments } from './retention.ts';
import { createWebhook, signatureOf } from './webhook.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-night-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Got {
  readonly body: string;
  readonly signature: unknown;
}

/** A receiver that answers as `answers` says, one after the other; `hang` never. */
async function openReceiver(answers: (number | 'hang' | 'cut')[]) {
  const got: Got[] = [];
  const elsewhere: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    if (request.url !== '/hook') return void elsewhere.push(request.url ?? '');
    got.push({ body, signature: request.headers['minotaur-signature'] });
    const next = answers.shift() ?? 200;
    if (next === 'cut') request.socket.destroy();
    else if (next !== 'hang') response.writeHead(next, { location: '/elsewhere' }).end();
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, elsewhere, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

const around = processSurroundings();
const hole: Alarm = { event: 'hole', code: 'hole', text: 'trades are missing' };

function webhookTo(url: string, secret?: string) {
  const outcomes: string[] = [];
  const onOutcome = (outcome: string): void => void outcomes.push(outcome);
  const of = { url, secret, sender: { session: 'one' }, around, onOutcome, timeout: 300, firstPause: 10 };
  return { webhook: createWebhook(of), outcomes };
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !holds(); await pause(5)) assert.ok(performance.now() < end);
}

test('an alarm is posted until it is taken: through 500, a redirect, a hanging and a cut connection', async () => {
  const receiver = await openReceiver([500, 302, 'hang', 'cut', 429]);
  const { webhook, outcomes } = webhookTo(receiver.url, 'a secret');
  webhook.send(hole);
  await until(() => outcomes.length === 1);
  assert.deepEqual(outcomes, ['sent']);
  // A busy machine may be late to take an answer, too, and then it is posted once more.
  assert.ok(receiver.got.length >= 6, `${receiver.got.length}`);
  assert.deepEqual(receiver.elsewhere, []);
  assert.equal(new Set(receiver.got.map(({ body }) => body)).size, 1, 'the same id each time');
  const [{ body, signature }] = receiver.got;
  const { id, time, ...said } = JSON.parse(body) as Record<string, unknown>;
  assert.deepEqual(said, { session: 'one', ...hole });
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.equal(signature, signatureOf('a secret', body));
  assert.ok(!body.includes('a secret'));
});

test('a receiver that is down: nothing waits, the queue is bounded, and closing is', async () => {
  const { webhook, outcomes } = webhookTo('http://127.0.0.1:1/hook');
  const started = performance.now();
  for (let i = 0; i < 150; i++) webhook.send({ ...hole, text: String(i) });
  assert.equal(outcomes.filter((outcome) => outcome === 'dropped').length, 49);
  await webhook.close(100);
  assert.ok(outcomes.includes('failed'));
  assert.ok(performance.now() - started < 10_000);
});

test('what waits when the session ends is still posted', async () => {
  const receiver = await openReceiver([500]);
  const { webhook, outcomes } = webhookTo(receiver.url);
  webhook.send(hole);
  webhook.send({ event: 'stopped', code: 'stopped', text: 'a hole' });
  await webhook.close(20_000);
  assert.deepEqual(outcomes, ['sent', 'sent']);
  assert.ok(receiver.got.every(({ signature }) => signature === undefined));
});

test('an alarm is told once, and its end once', () => {
  const told: string[] = [];
  const alarms = createAlarms(({ event, code, text }) => told.push(`${event} ${code} ${text}`));
  alarms.clear('disk', 'nothing was wrong');
  alarms.raise('disk', 'low');
  alarms.raise('disk', 'low');
  alarms.raise('disk', 'full');
  alarms.clear('disk', 'enough');
  alarms.clear('disk', 'enough');
  assert.deepEqual(told, ['disk disk low', 'disk disk full', 'recovered disk enough']);
});

test('the level of a disk changes at 10 % and 2 %, and not to and fro', () => {
  const watch = createDiskWatch();
  const levels = [0.5, 0.101, 0.099, 0.101, 0.105, 0.115, 0.09, 0.019, 0.021, 0.031, 0.5].map(watch);
  const none = undefined;
  assert.deepEqual(levels, [none, none, 'low', none, none, 'enough', 'low', 'full', none, 'low', 'enough']);
});

const trades = tradesAround(4000);
const make = (ears: object) => createEngine(parseConfig(CHAIN), ears);

test('old segments go; what is left is gone on from, is compared, and says where it begins', async () => {
  const path = join(folder, 'kept');
  recordTrades(path, trades, 20_000);
  const { segments } = openJournal(path);
  const before = await recoverEngine(openJournal(path), make);
  const { instruments } = make({}).plan;
  const seeds = seedsOnRecord(openJournal(path), instruments);
  const history = createJournalHistory(path);
  assert.deepEqual(await history.first(), { epoch: 0, ordinal: 0 });
  assert.equal(await removeOldSegments(path, trades[0].time), 0);
  const cutoff = trades[2000].time;
  const removed = await removeOldSegments(path, cutoff);
  assert.ok(removed > 3 && removed < segments.length - 3, `${removed} of ${segments.length}`);
  const left = openJournal(path).segments;
  assert.deepEqual(left, segments.slice(removed));
  assert.ok((firstTradeTime(left[0]) ?? NaN) < cutoff, 'nothing that is not old has gone');
  assert.deepEqual(await recoverEngine(openJournal(path), make), before);
  assert.deepEqual(seedsOnRecord(openJournal(path), instruments), seeds);
  const found = await shadow({ entries: openJournal(path).records(), make });
  assert.ok(found.holds && found.code.counts.rows > 50, JSON.stringify(found.code));
  const first = await history.first();
  assert.ok(first !== undefined && first.ordinal > 50);
  const rows = [];
  for await (const { message } of history.read(first, { epoch: 0, ordinal: 200 })) rows.push(message.ordinal);
  assert.deepEqual(
    rows,
    Array.from({ length: 200 - first.ordinal }, (_, i) => first.ordinal + i),
  );
});

test('what a session could not go on without stays, however old', async () => {
  const path = join(folder, 'all');
  recordTrades(path, trades, 20_000);
  const before = await recoverEngine(openJournal(path), make);
  await removeOldSegments(path, Infinity);
  assert.ok(openJournal(path).segments.length < 5);
  assert.deepEqual(await recoverEngine(openJournal(path), make), before);
  // Snapshots that are far apart: the segment with the newest stays, and all behind it.
  const seldom = join(folder, 'seldom');
  recordTrades(seldom, trades.slice(0, 149), 2000);
  assert.equal(await removeOldSegments(seldom, Infinity), 0);
});
