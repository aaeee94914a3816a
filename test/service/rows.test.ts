/** What a subscriber gets is what the chain gave, bit by bit and once, over restarts too. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { tableFromIPC } from '@uwdata/flechette';
import { wordsOf } from '../../packages/core/src/base/canonical.ts';
import { StreamError, type Message, type RowMessage } from '../../packages/minotaur/src/client.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { createJournalHistory } from '../../packages/minotaur/src/service/publication/history.ts';
import { arrivalOf, folder, live, serve, subscribe, type Emitted } from './rig.ts';

const bits = (values: Float64Array): string => [...wordsOf(Float64Array.from(values))].join();

function sameRow(found: RowMessage, expected: Emitted, ordinal: number): void {
  assert.equal(found.ordinal, ordinal);
  assert.equal(found.time, expected.time);
  assert.equal(found.ready, expected.ready);
  assert.equal(found.complete, expected.complete);
  assert.equal(bits(found.values), bits(expected.values), `row ${ordinal}`);
}

/** Takes messages until `enough` holds. */
async function collect(
  stream: AsyncIterable<Message>,
  enough: (messages: readonly Message[]) => boolean,
): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of stream) {
    messages.push(message);
    if (enough(messages)) break;
  }
  return messages;
}
const rowsIn = (messages: readonly Message[]): RowMessage[] => messages.filter((m) => m.kind === 'row');

test('every row has the bits, flags and arrival that it had in the chain: from memory, from the journal, as they come', async () => {
  const directory = join(folder, 'bits');
  // Memory holds 20 rows of 200.
  const session = await live(directory, { items: 20 });
  session.drive(500);
  session.hole();
  session.drive(600);
  const service = await serve(session, directory);
  const stream = subscribe({ url: service.url, from: '0:0' });
  const reading = collect(stream, (messages) => messages.length === 200);
  setTimeout(() => session.drive(1000), 100);
  const rows = rowsIn(await reading);
  assert.equal(session.emitted.length, 200);
  rows.forEach((row, i) => sameRow(row, session.emitted[i], i));
  assert.ok(rows.some(({ complete }) => !complete) && rows.some(({ complete }) => complete));
  assert.ok(rows.some(({ ready }) => !ready) && rows.some(({ values }) => values.includes(NaN)));
  rows.forEach(({ arrival }, i) => assert.equal(arrival, arrivalOf(5 * i + 4), `arrival of row ${i}`));
  await service.close();
});

test('JSON has the same doubles, NaN as text; Arrow has them too; both from the journal and from memory', async () => {
  const directory = join(folder, 'rest');
  const session = await live(directory, { items: 20 });
  session.drive(300);
  const service = await serve(session, directory);
  const { columns, rows, next } = (await (await fetch(`${service.url}/v1/rows?from=0:0&limit=50`)).json()) as {
    columns: string[];
    next: string;
    rows: (Omit<RowMessage, 'values'> & { values: (number | string)[] })[];
  };
  assert.deepEqual(columns, session.publication.facts.columns);
  assert.equal(next, '0:50');
  assert.equal(rows.length, 50);
  assert.ok(rows[0].values.includes('NaN'));
  rows.forEach((row, i) => sameRow({ ...row, values: Float64Array.from(row.values, Number) }, session.emitted[i], i));
  const answer = await fetch(`${service.url}/v1/rows?from=0:30&limit=100&columns=close*,mom*`, {
    headers: { accept: 'application/vnd.apache.arrow.stream' },
  });
  assert.equal(answer.headers.get('minotaur-next'), '0:60');
  const table = tableFromIPC(new Uint8Array(await answer.arrayBuffer()));
  const close = table.getChild('close_short').toArray() as Float64Array;
  const at = columns.indexOf('close_short');
  assert.equal(bits(close), bits(Float64Array.from(session.emitted.slice(30), ({ values }) => values[at])));
  assert.deepEqual([...table.getChild('ordinal').toArray()].slice(0, 3), [30, 31, 32]);
  const { rows: newest } = (await (await fetch(`${service.url}/v1/rows/latest`)).json()) as { rows: RowMessage[] };
  assert.equal(newest[0].ordinal, 59);
  const { bars } = (await (await fetch(`${service.url}/v1/bars/short?limit=3`)).json()) as {
    bars: { ordinal: number }[];
  };
  assert.deepEqual(
    bars.map(({ ordinal }) => ordinal),
    [57, 58, 59],
  );
  await service.close();
});

test('over restarts of the service and torn connections every row and prediction comes exactly once, in order', async () => {
  const directory = join(folder, 'restart');
  const artefact = 'a'.repeat(64);
  let session = await live(directory, { items: 15, artefact });
  const expected: Emitted[] = session.emitted;
  session.drive(200);
  let service = await serve(session, directory);
  const { port } = service;
  const stream = subscribe({ url: service.url, what: ['rows', 'predictions', 'bars'], from: '0:0', retryMs: 20 });
  let got = 0;
  const reading = collect(
    stream,
    (messages) => (got = messages.filter(({ kind }) => kind === 'prediction').length) === 300,
  );
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await sleep(10);
  };
  for (const to of [500, 900, 1500]) {
    session.drive(to - 50);
    await until(() => got >= (to - 100) / 5);
    await service.close();
    session.drive(to);
    session = await live(directory, { items: 15, artefact });
    service = await serve(session, directory, { port });
  }
  const messages = await reading;
  const rows = rowsIn(messages);
  assert.equal(stream.connections, 4);
  assert.deepEqual(
    rows.map(({ ordinal }) => ordinal),
    Array.from({ length: 300 }, (_, i) => i),
  );
  const predictions = messages.filter((m) => m.kind === 'prediction');
  assert.deepEqual(
    predictions.map(({ ordinal }) => ordinal),
    Array.from({ length: 300 }, (_, i) => i),
  );
  rows.slice(0, expected.length).forEach((row, i) => sameRow(row, expected[i], i));
  const recorded = [...openJournal(directory).records()].flatMap(({ record }) =>
    record.kind === 'row' ? [record] : [],
  );
  assert.equal(recorded.length, 300);
  rows.forEach((row, i) => sameRow(row, recorded[i], i));
  const bars = messages.flatMap((m) => (m.kind === 'bar' && m.clock === 'short' ? [m.ordinal] : []));
  assert.deepEqual(
    bars,
    [...new Set(bars)].sort((a, b) => a - b),
  );
  await service.close();
});

test('history: any range of a journal of many segments is what the journal has', async () => {
  const directory = join(folder, 'ranges');
  let session = await live(directory);
  session.drive(700);
  for (const to of [1100, 1105, 2000]) {
    session = await live(directory);
    session.drive(to);
  }
  const history = createJournalHistory(directory);
  assert.deepEqual(await history.first(), { epoch: 0, ordinal: 0 });
  for (const [from, to] of [
    [0, 400],
    [139, 141],
    [219, 221],
    [220, 222],
    [399, 400],
    [10, 10],
    [0, 1],
  ]) {
    const ordinals: number[] = [];
    for await (const { message } of history.read({ epoch: 0, ordinal: from }, { epoch: 0, ordinal: to }))
      ordinals.push(message.ordinal);
    assert.deepEqual(
      ordinals,
      Array.from({ length: to - from }, (_, i) => from + i),
      `${from} to ${to}`,
    );
  }
});

test('what is gone is refused with what is there, and what is not yet likewise', async () => {
  const session = await live(join(folder, 'gone'), { items: 10 });
  session.drive(200);
  // No journal behind it: memory is all there is.
  const service = await serve(session, undefined);
  const old = await fetch(`${service.url}/v1/rows?from=0:5`);
  assert.equal(old.status, 410);
  assert.equal(((await old.json()) as { first: string }).first, '0:30');
  const early = await fetch(`${service.url}/v1/rows?from=0:41`);
  assert.equal(early.status, 416);
  assert.equal(((await early.json()) as { next: string }).next, '0:40');
  for (const [from, code, words] of [
    ['0:5', 'gone', '0:30'],
    ['0:41', 'ahead', '0:40'],
    ['3:0', 'ahead', '0:40'],
  ])
    await assert.rejects(
      collect(subscribe({ url: service.url, from }), () => false),
      (error: StreamError) => error.code === code && error.message.includes(words),
      from,
    );
  const latest = subscribe({ url: service.url, from: 'latest' });
  const { value } = (await latest[Symbol.asyncIterator]().next()) as { value: RowMessage };
  latest.close();
  assert.equal(value.ordinal, 39);
  await service.close();
});
