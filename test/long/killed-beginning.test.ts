/** A session that collected is killed behind any write of its new beginning: the next one lacks nothing of what was collected. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { tradeOfRow } from '../../packages/core/src/trades/trade.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { live } from '../../packages/minotaur/src/runs/serving/live.ts';
import { temporaryFolder } from '../cli.ts';
import {
  aroundOf,
  BEGIN,
  bits,
  built,
  config,
  market,
  open,
  openMirror,
  recorded,
  say,
  session,
  SYMBOL,
  until,
} from '../collecting-scene.ts';
import { keepEveryState, type Left } from '../killed-anywhere.ts';

const folder = temporaryFolder();
/** Trades as the new beginning began, behind midnight. */
const COLLECTED = 20_320;

/** Ids on record, by epoch, each as often as it is there. */
function idsOf(journal: string): ReadonlyMap<number, readonly unknown[]> {
  const ids = new Map<number, unknown[]>();
  for (const { record, header } of openJournal(journal).records()) {
    if (record.kind !== 'trade') continue;
    const { id } = tradeOfRow(record);
    ids.set(header.epoch, [...(ids.get(header.epoch) ?? []), id]);
  }
  return ids;
}

test('killed behind any write of the beginning anew: nothing missed, nothing twice, no row changed', async (t) => {
  const mirror = await openMirror();
  const journal = join(folder, 'journal');
  const first = await open();
  const left: (Left & { readonly happened: number })[] = [];
  try {
    first.say(SYMBOL, BEGIN);
    await session(first, { journal }, mirror.url, (url) => say(first, COLLECTED - BEGIN, url, '0:366'));
    mirror.publish();
    const end = keepEveryState(journal, join(folder, 'left'), (one) =>
      left.push({ ...one, happened: first.happened(SYMBOL).length }),
    );
    try {
      await session(first, { journal }, mirror.url, (url) => say(first, 200, url, `1:${(COLLECTED + 200) / 20}`));
    } finally {
      end();
    }
  } finally {
    await first.close();
  }
  assert.ok(left.some(({ behind }) => behind.startsWith('.beginning')) && left.length >= 8, `${left.length}`);
  for (const { journal: own, behind, happened } of left) {
    const venue = await open();
    try {
      venue.say(SYMBOL, happened);
      const end = Math.ceil((happened + 100) / 20) * 20;
      const { report } = await session(venue, { journal: own }, mirror.url, (url) =>
        say(venue, end - happened, url, `1:${end / 20}`),
      );
      assert.deepEqual([report.why, report.epoch, report.trades], ['told', 1, end], behind);
    } finally {
      await venue.close();
    }
    compare(own, behind);
  }
  t.diagnostic(`${left.length} kills`);
});

/** A mirror whose files do not come to an end. */
async function openHanging(): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => response.writeHead(200).flushHeaders());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Bytes of all files in a directory. */
const bytesIn = (directory: string): number =>
  !existsSync(directory)
    ? 0
    : readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0);

test('killed while it gathers, with more held than REST has: the next one lacks nothing, twice in a row', async () => {
  const [mirror, hanging] = [await openMirror(), await openHanging()];
  const venue = await open();
  let journal = join(folder, 'held');
  try {
    venue.say(SYMBOL, BEGIN);
    await session(venue, { journal }, mirror.url, (url) => say(venue, COLLECTED - BEGIN, url, '0:366'));
    for (let kill = 1; kill <= 2; kill++) {
      const controller = new AbortController();
      const addresses = { bybit: { stream: [venue.streamUrl], rest: venue.restBase, dumps: hanging.url } };
      const around = aroundOf(venue);
      const ended = live({ config, journal, around, port: 0, signal: controller.signal, addresses });
      const held = join(journal, 'held');
      const connected = venue.clients.connected;
      await until('a stream', () => venue.clients.connected > connected);
      const before = bytesIn(held);
      for (let said = 0; said < 1500; said += 50) {
        venue.say(SYMBOL, 50);
        await pause(5);
      }
      await until('most of it to be held', () => bytesIn(held) - before > 1400 * 80);
      const left = join(folder, `held-${kill}`);
      cpSync(journal, left, { recursive: true, filter: (from) => !from.endsWith('session.lock') });
      controller.abort();
      await ended;
      journal = left;
    }
    mirror.publish();
    const end = COLLECTED + 3200;
    const { report } = await session(venue, { journal }, mirror.url, (url) => say(venue, 200, url, `1:${end / 20}`));
    assert.deepEqual([report.why, report.epoch, report.trades], ['told', 1, end]);
    compare(journal, 'held');
    assert.ok(!existsSync(join(journal, 'held')));
  } finally {
    await venue.close();
    hanging.close();
  }
});

function compare(journal: string, behind: string): void {
  const ids = idsOf(journal);
  const all = [...ids.values()].flat();
  const truth = market.map(({ id }) => id);
  const last = truth.indexOf(all.at(-1) as string) + 1;
  const known = new Set([...history(), ...all]);
  const missed = truth.slice(BEGIN - 1000, last).filter((id) => !known.has(id));
  const twice = [...ids.values()].filter((own) => new Set(own).size < own.length).length;
  const rows = recorded(journal);
  const changed = [0, 1].flatMap((epoch) => {
    const own = rows.filter((row) => row.epoch === epoch);
    const whole = built(market.slice(epoch === 0 ? BEGIN - 1000 : 0, epoch === 0 ? COLLECTED : last));
    const expected = epoch === 0 ? whole.slice(whole.length - own.length) : whole.slice(-own.length);
    return JSON.stringify(own.map(bits)) === JSON.stringify(expected) ? [] : [epoch];
  });
  assert.deepEqual({ missed: missed.length, twice, changed }, { missed: 0, twice: 0, changed: [] }, behind);
  assert.ok(
    rows.every(({ epoch, ready, complete }) => complete && ready === (epoch === 1)),
    behind,
  );
}

/** What the first session began with: the newest page of REST, in its state and not among its events. */
const history = (): readonly unknown[] => market.slice(BEGIN - 1000, BEGIN).map(({ id }) => id);
