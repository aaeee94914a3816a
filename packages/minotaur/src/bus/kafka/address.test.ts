import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadBusSettings, parseBusAddress } from './address.ts';

test('an address with a name and a password is refused without repeating them', () => {
  for (const text of [
    'kafka://me:secret@host:9092/desk',
    'kafka://me:sec/ret@host',
    'kafka:me:secret@host',
    'me:secret@host',
  ])
    assert.throws(
      () => parseBusAddress(text),
      ({ message }: Error) => message.includes('***@host') && !/secret|sec\/ret|me:/.test(message),
      text,
    );
  assert.throws(() => parseBusAddress('http://host'), /'http:\/\/host'/);
});

test('a port that is none is refused: the client would fail where nobody hears of it', () => {
  for (const broker of ['host:65536', 'host:99999', '[::1]:70000', 'one:9092,two:99999'])
    assert.throws(() => parseBusAddress(`kafka://${broker}/desk`), /HOST:PORT/, broker);
  const { brokers } = parseBusAddress('kafka://[::1],host:65535,other/desk');
  assert.deepEqual(brokers, ['[::1]:9092', 'host:65535', 'other:9092']);
});

test('more copies that count than there are copies are refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bus-'));
  try {
    const settings = (topics: string) => {
      const file = join(folder, 'bus.yaml');
      writeFileSync(file, `topics: ${topics}\n`);
      return loadBusSettings(file);
    };
    await assert.rejects(settings('{ replicas: 2, minInSync: 3 }'), /topics\.minInSync.*more than replicas/);
    await assert.rejects(settings('{ replicas: 1 }'), /topics\.minInSync/);
    assert.equal((await settings('{ replicas: 1, minInSync: 1 }')).topics.minInSync, 1);
    assert.equal((await loadBusSettings(undefined)).topics.minInSync, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
