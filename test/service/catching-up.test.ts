/** Who catches up from the journal holds up nobody: not who asks how the service is, not who gets rows as they come. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RowMessage, Stream } from '../../packages/minotaur/src/client.ts';
import {
  createJournalHistory,
  type History,
  type PastMessage,
} from '../../packages/minotaur/src/service/publication/history.ts';
import { folder, live, serve, subscribe, type LiveSession } from './rig.ts';

const STREAMS = 60;
const ROWS = 500;

/** A history that counts what it has given. */
function counted(history: History): History & { readonly given: number } {
  let given = 0;
  return {
    get given() {
      return given;
    },
    first: history.first,
    async *read(from, to) {
      for await (const past of history.read(from, to)) {
        given++;
        yield past;
      }
    },
  };
}

async function recorded(name: string): Promise<{ session: LiveSession; directory: string }> {
  const directory = join(folder, name);
  const session = await live(directory, { items: 20 });
  session.drive(5 * ROWS);
  return { session, directory };
}

/** Ordinals of the next so many rows. */
async function take(stream: Stream, count: number): Promise<number[]> {
  const ordinals: number[] = [];
  for await (const message of stream) {
    if (message.kind === 'row' && ordinals.push(message.ordinal) === count) break;
  }
  return ordinals;
}

test('while sixty catch up, probes are answered and rows go out between', { timeout: 60_000 }, async () => {
  const { session, directory } = await recorded('catching-up');
  const history = counted(createJournalHistory(directory));
  const service = await serve(session, directory, { history });
  const newest = take(subscribe({ url: service.url }), 1);
  const all = STREAMS * (ROWS - 20);
  const done: Promise<number[]>[] = [];
  for (let i = 0; i < STREAMS; i++) done.push(take(subscribe({ url: service.url, from: '0:0' }), ROWS));
  const whole = Promise.all(done);
  // How much of the catching up was done as each was answered: no clock, which a loaded machine has another of.
  const answered: number[] = [];
  while (history.given < all) {
    const { status } = await fetch(`${service.url}/healthz`);
    assert.equal(status, 200);
    answered.push(history.given);
    if (answered.length === 3) session.drive(5 * ROWS + 5);
  }
  const between = answered.filter((given) => given > 0 && given < all);
  assert.ok(between.length >= 10, `probes answered while ${all} rows were sent: ${between.join()}`);
  const steps = between.map((given, i) => given - (between[i - 1] ?? 0));
  assert.ok(Math.max(...steps) < all / 4, `rows between two answers: ${steps.join()}`);
  assert.deepEqual(await newest, [ROWS]);
  for (const ordinals of await whole)
    assert.deepEqual(
      ordinals,
      Array.from({ length: ROWS }, (_, i) => i),
    );
  await service.close();
});

test('a row reaches who is level before those who catch up are', { timeout: 60_000 }, async () => {
  const { session, directory } = await recorded('level');
  const history = counted(createJournalHistory(directory));
  const service = await serve(session, directory, { history });
  const level = subscribe({ url: service.url });
  let at = NaN;
  const newest = take(level, 1).then(() => (at = history.given));
  const all = STREAMS * (ROWS - 20);
  const done: Promise<number[]>[] = [];
  for (let i = 0; i < STREAMS; i++) done.push(take(subscribe({ url: service.url, from: '0:0' }), ROWS));
  while (history.given === 0) await new Promise((resolve) => setImmediate(resolve));
  session.drive(5 * ROWS + 5);
  await newest;
  assert.ok(at < all / 2, `${at} of ${all} rows went out before`);
  await Promise.all(done);
  await service.close();
});

test('who asks for the same rows gets one reading of them', async () => {
  const { directory } = await recorded('shared');
  const history = createJournalHistory(directory);
  const read = async (): Promise<PastMessage[]> => {
    const all: PastMessage[] = [];
    for await (const past of history.read({ epoch: 0, ordinal: 3 }, { epoch: 0, ordinal: 240 })) all.push(past);
    return all;
  };
  const [first, second] = await Promise.all([read(), read()]);
  assert.equal(first.length, 237);
  assert.ok(first.every((past, i) => past === second[i]));
});

test('answers from the journal wait in a line that has an end', async () => {
  const { session, directory } = await recorded('line');
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const journal = createJournalHistory(directory);
  const history: History = {
    first: async () => {
      await held;
      return journal.first();
    },
    read: journal.read,
  };
  const service = await serve(session, directory, { history });
  const ask = () => fetch(`${service.url}/v1/rows?from=0:3&limit=2`);
  const asked = Array.from({ length: 80 }, ask);
  const refused = await Promise.race(asked);
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.equal((await fetch(`${service.url}/v1/rows/latest`)).status, 200);
  release();
  const answers = await Promise.all(asked);
  assert.equal(answers.filter(({ status }) => status === 200).length, 68);
  for (const answer of answers) {
    if (answer.status !== 200) continue;
    const { rows } = (await answer.json()) as { rows: RowMessage[] };
    assert.deepEqual(
      rows.map(({ ordinal }) => ordinal),
      [3, 4],
    );
  }
  await service.close();
});
