/** Files of days before what is on record, where ids only tell trades apart: each meets the next by its day, and the first by its trades. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { planOf } from 'minotaur-core';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { blockOf, tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { bybit } from '../../venues/exchanges/bybit.ts';
import { createAccess } from '../../venues/wire/listener.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { createPast, type Past } from './past.ts';
import { blocksOf } from './pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-past-'));
const SYMBOL = 'BTCUSDT';
const HOUR = 3_600e6;
const MIDNIGHT = Date.UTC(2024, 7, 8) * 1000;
const config = parseConfig({
  instruments: { [SYMBOL]: { venue: 'bybit-linear' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close'] },
});
const [instrument] = planOf(config).instruments;

/** Every six minutes of three days, the last of them the day of midnight. */
const market = Array.from({ length: 720 }, (_, i): Trade => {
  const id = `00000000-0000-4000-8000-${String((i * 7919) % 1e12).padStart(12, '0')}`;
  return { id, time: MIDNIGHT - 48 * HOUR + (i * HOUR) / 10, price: 60_000 + i, quantity: 1, buyerMaker: i % 2 === 0 };
});
const between = (from: number, to: number): readonly Trade[] =>
  market.filter(({ time }) => time >= MIDNIGHT + from * HOUR && time < MIDNIGHT + to * HOUR);
/** On record: from noon of the day before on. */
const RECORD = between(-12, 6);

/** As Bybit writes it. */
function fileOf(trades: readonly Trade[]): Buffer {
  const head = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n';
  const rows = trades.map(({ id, price, quantity, time, buyerMaker }) => {
    const side = buyerMaker === true ? 'Sell' : 'Buy';
    return `${(time / 1e6).toFixed(4)},${SYMBOL},${side},${quantity},${price},PlusTick,${String(id)},1,${quantity},${quantity * price}\n`;
  });
  return gzipSync(head + rows.join(''));
}

const files = new Map<string, readonly Trade[]>();
const server = createServer(({ url = '' }, response) => {
  const day = /(\d{4}-\d\d-\d\d)\.csv\.gz$/.exec(url)?.[1] ?? '';
  const trades = files.get(day);
  if (trades === undefined) response.writeHead(404).end();
  else response.end(fileOf(trades));
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

let histories = 0;

/** The history before the record, with these files of days. */
function pastWith(days: Readonly<Record<string, readonly Trade[]>>, acceptRevised = false): Past {
  files.clear();
  for (const [day, trades] of Object.entries(days)) files.set(day, trades);
  const around = { ...processSurroundings(), wall: () => MIDNIGHT + 6 * HOUR };
  const { rest } = createAccess({ venue: bybit, restBase: 'http://127.0.0.1:9', around });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const order = {
    instrument,
    market: { venue: bybit, profile: 'bybit-linear', symbol: SYMBOL, ids: instrument.ids, rest, wall: around.wall },
    pages: undefined,
    dumps: { directory: join(folder, String(histories++)), baseUrl },
    files: [],
    recorded: {
      begun: RECORD.slice(0, 50),
      newest: RECORD[RECORD.length - 1],
      trades: RECORD.length,
      *read() {
        yield blockOf(RECORD);
      },
    },
    begun: () => [],
    seed: () => {},
    options: sourceOptions(config, SYMBOL),
    acceptRevised,
    signal: AbortSignal.timeout(30_000),
  };
  return createPast(order, []);
}

async function gathered(past: Past): Promise<unknown[]> {
  while (past.end === undefined) await past.extend();
  const ids: unknown[] = [];
  for await (const block of blocksOf(instrument.ids, past.pieces))
    for (let i = 0; i < block.length; i++) ids.push(tradeAt(block, i).id);
  assert.equal(past.trades, ids.length);
  return ids;
}

const idsOf = (trades: readonly Trade[]): unknown[] => trades.map(({ id }) => id);
const [BEFORE, FIRST] = ['2024-08-06', '2024-08-07'];

test('the file of the first day meets the record by its trades, the file of the day before meets that one by its day', async () => {
  const past = pastWith({ [BEFORE]: between(-48, -24), [FIRST]: between(-24, 0) });
  assert.deepEqual(await gathered(past), idsOf(between(-48, 6)));
  assert.deepEqual([past.days, past.oldest?.id], [2, market[0].id]);
  assert.match(past.end ?? '', /^REST is not asked; the file of 2024-08-05/);
});

test('a day that is missing ends it: the one before it meets nothing', async () => {
  const past = pastWith({ [BEFORE]: between(-48, -24) });
  assert.deepEqual(await gathered(past), idsOf(RECORD));
  assert.equal(past.days, 0);
});

test('a file of the first day without the trades on record meets nothing', async () => {
  const past = pastWith({ [BEFORE]: between(-48, -24), [FIRST]: between(-24, -12) });
  assert.deepEqual(await gathered(past), idsOf(RECORD));
  assert.match(past.end ?? '', /the file of 2024-08-07 has not got trade/);
});

test('a file that lacks a trade on record, or has one more among them, is refused by name; or is right, where files are', async () => {
  const day = between(-24, 0);
  const [gone, more] = [RECORD[5], { ...RECORD[7], id: '00000000-0000-4000-8000-999999999999' }];
  const without = day.filter(({ id }) => id !== gone.id);
  await assert.rejects(gathered(pastWith({ [FIRST]: without })), {
    message: new RegExp(`expected trade ${String(gone.id)}, which is on record, from where it begins, found none`),
  });
  const at = day.findIndex(({ id }) => id === RECORD[7].id);
  const withMore = [...day.slice(0, at), more, ...day.slice(at)];
  await assert.rejects(gathered(pastWith({ [FIRST]: withMore })), {
    message: new RegExp(`expected the trades that are on record, found trade ${more.id} among them`),
  });
  assert.deepEqual(await gathered(pastWith({ [FIRST]: without }, true)), idsOf(between(-24, 6)));
});
