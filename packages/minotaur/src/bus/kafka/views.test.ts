import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { KafkaClient } from './client.ts';
import { createViews } from './views.ts';

/** A cluster whose brokers each say what they know. */
function cluster(epochs: Record<string, number>) {
  const asked: string[] = [];
  const away = new Set<string>();
  class Client {
    readonly #first: string;
    constructor({ bootstrapBrokers }: { readonly bootstrapBrokers: readonly string[] }) {
      [this.#first] = bootstrapBrokers;
    }
    on(): void {}
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
  return { views, asked, away, said, looked };
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

test('a single broker is not asked for what it would say of itself', async () => {
  const { views, asked, looked } = cluster({ 'one:1': 0 });
  views.use('rows');
  await looked();
  assert.deepEqual(asked, []);
  views.close();
});
