import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { KafkaClient } from './client.ts';
import { createViews } from './views.ts';

/** A cluster whose brokers each say what they know. */
function cluster(epochs: Record<string, number>) {
  const asked: string[] = [];
  const away = new Set<string>();
  const ended: string[] = [];
  class Client {
    readonly #first: string;
    /** As the client has them: a connection of its own to every broker. */
    readonly connections = new Map(
      Object.keys(epochs).map((to) => [to, { close: async () => void ended.push(`connection to ${to}`) }]),
    );
    constructor({ bootstrapBrokers }: { readonly bootstrapBrokers: readonly string[] }) {
      [this.#first] = bootstrapBrokers;
    }
    on(): void {}
    close = async (): Promise<void> => void ended.push(`client of ${this.#first}`);
    async metadata({ forceUpdate = false }: { readonly forceUpdate?: boolean }) {
      if (forceUpdate) asked.push(this.#first);
      if (forceUpdate && away.has(this.#first)) throw new Error('nobody answers');
      const partitions = [{ leaderEpoch: epochs[this.#first] }, { leaderEpoch: 2 }];
      const brokers = Object.keys(epochs).map((address, i) => {
        const [host, port] = address.split(':');
        return [i, { host, port: Number(port) }] as const;
      });
      return { brokers: new Map(brokers), topics: new Map([['rows', { partitions }]]) };
    }
    name = (): string => this.#first;
  }
  const kafka = { Consumer: Client, Producer: Client } as unknown as KafkaClient;
  const said: string[] = [];
  const base = { clientId: 'test', bootstrapBrokers: ['one:1'] };
  const views = createViews({ kafka, base, onTrouble: (words) => said.push(words) });
  const looked = async (): Promise<string> => {
    views.look();
    for (let turns = 0; turns < 5; turns++) await setImmediate();
    return (views.now().asker as unknown as Client).name();
  };
  return { views, asked, away, said, looked, ended };
}

test('who leads is asked of the broker that knows of most elections, of those that one address leads to', async () => {
  const epochs = { 'one:1': 5, 'two:2': 5, 'three:3': 5 };
  const { views, asked, said, looked } = cluster(epochs);
  assert.equal(await looked(), 'one:1');
  assert.deepEqual(asked, [], 'no topic matters yet');
  views.use('rows');
  assert.equal(await looked(), 'one:1', 'all know the same');
  assert.deepEqual(asked, ['one:1', 'two:2', 'three:3']);
  // The first is cut off from the others, and goes on saying that it leads.
  Object.assign(epochs, { 'two:2': 6, 'three:3': 7 });
  assert.equal(await looked(), 'three:3');
  assert.equal(said.at(-1), 'who leads is asked of three:3 from now on');
  Object.assign(epochs, { 'one:1': 7, 'two:2': 7 });
  assert.equal(await looked(), 'three:3', 'whole again: nothing is to be changed');
  assert.equal(views.close().length, 3);
  asked.length = 0;
  await looked();
  assert.deepEqual(asked, [], 'closed');
});

test('one that does not answer is left for any that does', async () => {
  const { views, away, looked } = cluster({ 'one:1': 0, 'two:2': 0 });
  views.use('rows');
  assert.equal(await looked(), 'one:1');
  away.add('one:1');
  assert.equal(await looked(), 'two:2');
  away.add('two:2');
  assert.equal(await looked(), 'two:2', 'nobody knows better');
  views.close();
});

test('what is open to a broker that is named no more for half a minute is closed; one that comes back is found again', async () => {
  const epochs: Record<string, number> = { 'one:1': 1, 'two:2': 1, 'three:3': 1 };
  const { views, looked, ended } = cluster(epochs);
  views.use('rows');
  await looked();
  assert.deepEqual(views.addresses(), ['one:1', 'two:2', 'three:3']);
  delete epochs['three:3'];
  for (let i = 0; i < 10; i++) await looked();
  assert.equal(ended.length, 0, 'it may only be starting');
  // Named once, it has all of the time again.
  epochs['three:3'] = 1;
  await looked();
  delete epochs['three:3'];
  for (let i = 0; i < 14; i++) await looked();
  assert.equal(ended.length, 0);
  await looked();
  assert.deepEqual(
    ended.filter((words) => words.startsWith('client')),
    ['client of three:3', 'client of three:3', 'client of three:3'],
  );
  assert.equal(ended.filter((words) => words === 'connection to three:3').length, 6);
  assert.equal(ended.length, 9);
  assert.deepEqual(views.addresses(), ['one:1', 'two:2']);
  epochs['three:3'] = 1;
  await looked();
  assert.deepEqual(views.addresses(), ['one:1', 'two:2', 'three:3']);
  views.close();
});

test('a single broker is not asked for what it would say of itself', async () => {
  const { views, asked, looked } = cluster({ 'one:1': 0 });
  views.use('rows');
  await looked();
  assert.deepEqual(asked, []);
  views.close();
});
