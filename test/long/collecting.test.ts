/**
 * Bybit, whose REST has the newest 1,000 trades alone: a session begins with these, says that it collects, is not ready until then,
 * and begins anew, warm, once the file of its first day is there. The file of the day proves what it did.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import type { LiveOptions } from '../../packages/minotaur/src/runs/serving/live-options.ts';
import { live, type LiveReport } from '../../packages/minotaur/src/runs/serving/live.ts';
import { fetchDumps } from '../../packages/minotaur/src/runs/chain/fetch.ts';
import { shadow } from '../../packages/minotaur/src/runs/verification/shadow.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { madeTrades } from '../../packages/minotaur/src/venues/wire/scene.ts';
import { processSurroundings, type Surroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const [SYMBOL, DAY] = ['BTCUSDT', '2024-08-07'];
/** Trades up to midnight, and those that had happened as the session began. */
const [MIDNIGHT, BEGIN] = [20_000, 14_000];
/** Five a second. */
const market: readonly Trade[] = [...madeTrades(26_000, { ids: 'unique' })].map((trade, i) => ({
  ...trade,
  time: Date.UTC(2024, 7, 8) * 1000 + 200_000 * (i - MIDNIGHT),
}));
/** Warm after 8,000 trades. */
const config: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'bybit-linear' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close', 'sma(close, 400)', 'rsi(close, 14)'] },
};

/** Serves the file of the day, once it is published; with times in tenths of milliseconds, as the venue writes them. */
async function openMirror(): Promise<{ url: string; asked: string[]; publish: () => void }> {
  const head = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n';
  const rows = market.slice(0, MIDNIGHT).map(({ id, price, quantity, time, buyerMaker }, i) => {
    const tenths = String(time / 100 + (i % 10)).padStart(14, '0');
    const side = buyerMaker === true ? 'Sell' : 'Buy';
    return `${tenths.slice(0, -4)}.${tenths.slice(-4)},${SYMBOL},${side},${quantity},${price},PlusTick,${id},1,1,1\n`;
  });
  const file = gzipSync(head + rows.join(''));
  const asked: string[] = [];
  let isThere = false;
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (isThere && url === `/trading/${SYMBOL}/${SYMBOL}${DAY}.csv.gz`) response.end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, publish: () => (isThere = true) };
}

type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Milliseconds between two looks at the venue's files. */
const QUARTER = 900_000;

/** A session, until `act` is done; a quarter of an hour may be shorter. */
async function session(
  local: LocalVenue,
  options: Partial<LiveOptions> & Pick<LiveOptions, 'journal'>,
  dumps: string,
  act: (url: string) => Promise<void>,
  quarter = QUARTER,
): Promise<{ report: LiveReport; told: Told }> {
  const process = processSurroundings();
  const around: Surroundings = {
    ...process,
    wall: () => 5000 + (local.happened(SYMBOL).at(-1)?.time ?? 0),
    later: (milliseconds, run) => process.later(milliseconds === QUARTER ? quarter : milliseconds, run),
  };
  const controller = new AbortController();
  const told: Record<string, Readonly<Record<string, unknown>>> = {};
  const follow = async (url: string): Promise<void> => {
    const { body } = await fetch(`${url}/v1/events`);
    let [text, isLive] = ['', false];
    for await (const piece of body ?? []) {
      text += Buffer.from(piece).toString();
      for (const line of text
        .split('\n')
        .slice(0, -1)
        .filter((one) => one.startsWith('data:'))) {
        const { event, data } = JSON.parse(line.slice(5)) as { event: string; data: Record<string, unknown> };
        told[event] = data;
        isLive ||= event === 'state' && data['state'] === 'live';
      }
      text = text.slice(text.lastIndexOf('\n') + 1);
      if (isLive) break;
    }
    await act(url);
    controller.abort();
  };
  let failed: unknown;
  const report = await live({
    config,
    around,
    port: 0,
    signal: controller.signal,
    onListening: (url) =>
      void follow(url).catch((error: unknown) => {
        failed = error;
        controller.abort();
      }),
    ...options,
    addresses: { bybit: { stream: [local.streamUrl], rest: local.restBase, dumps } },
  });
  if (failed !== undefined) throw failed as Error;
  return { report, told };
}

/** What `/v1/status` says of the next row, and of the state. */
async function statusOf(url: string): Promise<string> {
  const { next, state } = (await (await fetch(`${url}/v1/status`)).json()) as { next: string; state: string };
  return `${next} ${state}`;
}

/** So many trades happen, in pieces, until the next row is this one. */
async function say(local: LocalVenue, count: number, url: string, next: string): Promise<void> {
  for (let said = 0; said < count; said += 50) {
    local.say(SYMBOL, Math.min(50, count - said));
    await pause(2);
  }
  await until(`row ${next}`, async () => (await statusOf(url)).startsWith(`${next} `));
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(20))
    assert.ok(performance.now() < end, `${what} did not come`);
}

interface Row {
  readonly epoch: number;
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: readonly number[];
}

function recorded(journal: string): Row[] {
  const rows: Row[] = [];
  for (const { record, header } of openJournal(journal).records())
    if (record.kind === 'row') {
      const { time, ready, complete, values } = record;
      rows.push({ epoch: header.epoch, time, ready, complete, values: [...values] });
    }
  return rows;
}

/** Time, readiness and values of the rows of a build. */
function built(trades: readonly Trade[]): unknown[] {
  const rows: unknown[] = [];
  const engine = createEngine(config, {
    onRows({ count, width, time, ready, values }) {
      for (let r = 0; r < count; r++)
        rows.push([time[r], ready[r] === 1, [...values.subarray(r * width, (r + 1) * width)]]);
    },
  });
  for (const trade of trades) engine.push(trade, { maxSilence: Infinity });
  return rows;
}

const bits = ({ time, ready, values }: Row): unknown => [time, ready, values];

const open = (): Promise<LocalVenue> =>
  openLocalVenue({ venue: 'bybit', markets: { [SYMBOL]: market }, around: processSurroundings(), heartbeat: 50 });

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
