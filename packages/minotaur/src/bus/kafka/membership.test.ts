import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadBusSettings } from './address.ts';
import type { KafkaClient } from './client.ts';
import { joinGroup } from './membership.ts';

/** Brokers of which some are cut off from the others: they take members, and never get the group together. */
function cluster(cutOff: ReadonlySet<string>) {
  const asked: string[] = [];
  const open = new Set<object>();
  class Consumer {
    readonly topics = { track() {} };
    readonly connections = { close: async () => {} };
    readonly #first: string;
    readonly #ears = new Map<string, (payload?: unknown) => void>();
    memberId: string | null = null;
    assignments: { topic: string; partitions: number[] }[] = [];
    constructor({ bootstrapBrokers }: { readonly bootstrapBrokers: readonly string[] }) {
      [this.#first] = bootstrapBrokers;
      open.add(this);
    }
    on(name: string, ear: (payload?: unknown) => void): void {
      this.#ears.set(name, ear);
    }
    async joinGroup(): Promise<void> {
      asked.push(this.#first);
      if (cutOff.has(this.#first)) throw new Error(`${this.#first} does not get the group together`);
      this.memberId = `member at ${this.#first}`;
      this.assignments = [{ topic: 'events', partitions: [0, 1] }];
      this.#ears.get('consumer:group:join')?.();
    }
    stop(): void {
      this.#ears.get('error')?.(new Error('its heart has stopped'));
    }
    async commit(): Promise<void> {
      asked.push(`commit at ${this.#first}`);
    }
    leaveGroup(_force: boolean, onLeft: () => void): void {
      onLeft();
    }
    async close(): Promise<void> {
      open.delete(this);
    }
  }
  return { kafka: { Consumer } as unknown as KafkaClient, asked, open: open as Set<Consumer> };
}

test('a coordinator that is cut off is left for the other brokers, in turn, and what was open to it is closed', async () => {
  const cutOff = new Set(['one:1', 'two:2']);
  const { kafka, asked, open } = cluster(cutOff);
  const owned: string[] = [];
  const addresses = ['one:1', 'two:2', 'three:3'];
  const membership = await joinGroup(kafka, {
    base: { clientId: 'test', bootstrapBrokers: ['one:1'] },
    addresses: () => addresses,
    group: 'group',
    topic: 'events',
    settings: await loadBusSettings(undefined),
    ears: { onOwn: (partitions, anew) => owned.push(`${partitions.join(' ')} ${anew}`) },
  });
  assert.deepEqual(asked, ['one:1', 'two:2', 'three:3']);
  assert.deepEqual(owned, ['0 1 false']);
  assert.equal(open.size, 1);
  // The same at work: it was out, and others may have worked what it had.
  cutOff.clear();
  cutOff.add('three:3');
  const [member] = open;
  member.stop();
  while (owned.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(asked.slice(3), ['three:3', 'two:2']);
  assert.deepEqual(owned[1], '0 1 true');
  membership.say(0, 7);
  assert.equal(asked.at(-1), 'commit at two:2');
  await membership.leave();
  assert.equal(open.size, 0);
});
