/**
 * Bybit, whose REST has the newest 1,000 trades alone: a session begins with these, says that it collects, is not ready until then,
 * and begins anew, warm, once the file of its first day is there. The file of the day proves what it did.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchDumps } from '../../packages/minotaur/src/runs/chain/fetch.ts';
import { shadow } from '../../packages/minotaur/src/runs/verification/shadow.ts';
import { temporaryFolder } from '../cli.ts';
import {
  BEGIN,
  bits,
  built,
  config,
  DAY,
  market,
  MIDNIGHT,
  open,
  openMirror,
  recorded,
  say,
  session,
  statusOf,
  SYMBOL,
  until,
} from '../collecting-scene.ts';

const folder = temporaryFolder();

test('it collects until the file of its first day is there, then begins anew, warm, and the file proves it', async () => {
  const [local, mirror] = [await open(), await openMirror()];
  const journal = join(folder, 'collects');
  try {
    local.say(SYMBOL, BEGIN);
    const first = await session(local, { journal }, mirror.url, async (url) => {
      await say(local, 1000, url, '0:100');
      local.clients.disconnect('at once');
      // Nobody listens; REST has them.
      local.say(SYMBOL, 300);
      await until('those that were missed', async () => (await statusOf(url)).startsWith('0:115 '));
      await say(local, 700, url, '0:150');
      assert.equal((await fetch(`${url}/readyz`)).status, 503);
    });
    assert.equal(first.report.why, 'told', first.report.reason);
    assert.match(
      String(first.told['bootstrap']?.['missing']),
      /Bybit goes back 1000 trades, the warm-up takes about 8000; it collects until the file of its first day is there \(01:14 UTC the next day\)/,
    );
    assert.deepEqual([first.told['bootstrapped']?.['ready'], first.told['bootstrapped']?.['trades']], [false, 1000]);
    assert.deepEqual(first.told['collecting']?.['files'], { [SYMBOL]: DAY });
    assert.equal(first.report.trades, 3000);
    const cold = recorded(journal);
    assert.ok(cold.length >= 95 && cold.every(({ ready, complete }) => !ready && complete), `${cold.length}`);
    assert.deepEqual(cold.map(bits), built(market.slice(BEGIN - 1000, BEGIN + 2000)).slice(-cold.length));

    // While it is stopped, fewer trades happen than REST has. It goes on where it ended, and collects over midnight.
    local.say(SYMBOL, 900);
    const second = await session(local, { journal }, mirror.url, (url) => say(local, 3400, url, '0:365'));
    assert.deepEqual([second.report.why, second.report.epoch, second.report.trades], ['told', 0, 7300]);
    assert.deepEqual(mirror.asked, [], 'the day was not over');
    const collected = recorded(journal);
    assert.ok(collected.every(({ ready, complete }) => !ready && complete));
    assert.deepEqual(collected.map(bits), built(market.slice(BEGIN - 1000, 20_300)).slice(-collected.length));

    // The file is not there yet: it goes on; then it is.
    const third = await session(local, { journal }, mirror.url, (url) => say(local, 100, url, '0:370'));
    assert.deepEqual([third.report.epoch, third.report.trades], [0, 7400]);
    assert.ok(mirror.asked.length > 0);
    mirror.publish();
    local.say(SYMBOL, 500);
    const warm = await session(local, { journal }, mirror.url, async (url) => {
      await say(local, 1000, url, '1:1095');
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
    });
    const { epoch, trades } = warm.report;
    assert.deepEqual([epoch, trades], [1, 21_900], JSON.stringify(warm.told['bootstrapped']));
    const rows = recorded(journal).filter((row) => row.epoch === 1);
    assert.ok(rows.length >= 50 && rows.every(({ ready, complete }) => ready && complete), `${rows.length}`);
    assert.deepEqual(rows.map(bits), built(market.slice(0, 21_900)).slice(-rows.length));

    // The file of the day proves what was recorded of it, in two epochs.
    const dump = { venue: 'bybit-linear', symbol: SYMBOL, from: DAY, to: DAY, out: join(folder, 'dump') };
    const { days } = await fetchDumps({ ...dump, baseUrl: mirror.url });
    const proof = await shadow({ journal, config, trades: [days[0].file], from: DAY, to: DAY });
    assert.ok(proof.holds, JSON.stringify(proof.checks[0]).slice(0, 500));
    assert.ok(proof.checks[0].code.counts.rows >= 200);
  } finally {
    await local.close();
  }
});

test('one that runs meanwhile begins anew by itself once the file is there', async () => {
  const [local, mirror] = [await open(), await openMirror()];
  const journal = join(folder, 'by-itself');
  try {
    local.say(SYMBOL, BEGIN);
    const { report } = await session(
      local,
      { journal },
      mirror.url,
      async (url) => {
        await say(local, 6200, url, '0:360');
        await until('a look for the file', () => mirror.asked.length > 0);
        // A part of it comes to nothing: the session goes on, and looks again.
        mirror.publish(0.6);
        const before = mirror.asked.length;
        await until('a look at a part', async () => {
          local.say(SYMBOL, 1);
          return mirror.asked.length > before + 4 && /^0:.* live$/.test(await statusOf(url));
        });
        assert.ok(local.happened(SYMBOL).length < MIDNIGHT + 1000);
        mirror.publish();
        // The market is not silent meanwhile.
        await until('another epoch', async () => {
          local.say(SYMBOL, 1);
          return /^1:.* live$/.test(await statusOf(url));
        });
        const said = local.happened(SYMBOL).length;
        await say(local, 600, url, `1:${Math.floor((said + 600) / 20)}`);
        assert.equal((await fetch(`${url}/readyz`)).status, 200);
      },
      250,
    );
    assert.deepEqual([report.why, report.epoch, report.trades], ['told', 1, local.happened(SYMBOL).length]);
    const rows = recorded(journal);
    const [cold, warm] = [0, 1].map((epoch) => rows.filter((row) => row.epoch === epoch));
    assert.ok(cold.length >= 300 && cold.every(({ ready, complete }) => !ready && complete), `${cold.length}`);
    assert.ok(warm.length >= 30 && warm.every(({ ready, complete }) => ready && complete), `${warm.length}`);
    assert.deepEqual(warm.map(bits), built(local.happened(SYMBOL)).slice(-warm.length));
  } finally {
    await local.close();
  }
});

test('more than REST has were missed: an open hole, told by name, and not a word of readiness', async () => {
  const [local, mirror] = [await open(), await openMirror()];
  const journal = join(folder, 'hole');
  try {
    local.say(SYMBOL, BEGIN);
    await session(local, { journal }, mirror.url, (url) => say(local, 500, url, '0:75'));
    local.say(SYMBOL, 1200);
    const { report } = await session(local, { journal, onHole: 'degrade' }, mirror.url, (url) =>
      say(local, 500, url, '0:150'),
    );
    assert.equal(report.why, 'told');
    const rows = recorded(journal);
    const broken = rows.findIndex(({ complete }) => !complete);
    assert.ok(broken >= 20 && broken < rows.length && rows.every(({ ready }) => !ready), `${broken} of ${rows.length}`);
    local.say(SYMBOL, 1200);
    const stopped = await session(local, { journal }, mirror.url, () => pause(500));
    assert.equal(stopped.report.why, 'hole');
    assert.match(stopped.report.reason ?? '', /REST does not reach back to the last trade/);
  } finally {
    await local.close();
  }
});
