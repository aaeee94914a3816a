/** For tests: Bybit on this machine, whose REST has the newest 1,000 trades, a mirror of its files of days, and a session that collects there. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import type { LiveOptions } from '../packages/minotaur/src/runs/serving/live-options.ts';
import { live, type LiveReport } from '../packages/minotaur/src/runs/serving/live.ts';
import { openLocalVenue, type LocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { madeTrades } from '../packages/minotaur/src/venues/wire/scene.ts';
import { processSurroundings, type Surroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';

export const [SYMBOL, DAY] = ['BTCUSDT', '2024-08-07'];
/** Trades up to midnight, and those that had happened as the session began. */
export const [MIDNIGHT, BEGIN] = [20_000, 14_000];
/** Five a second. */
export const market: readonly Trade[] = [...madeTrades(26_000, { ids: 'unique' })].map((trade, i) => ({
  ...trade,
  time: Date.UTC(2024, 7, 8) * 1000 + 200_000 * (i - MIDNIGHT),
}));
/** Warm after 8,000 trades. */
export const config: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'bybit-linear' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close', 'sma(close, 400)', 'rsi(close, 14)'] },
};

/** Serves the file of the day, once it is published, whole or a share of its bytes; with times in tenths of milliseconds, as the venue writes them. */
export async function openMirror(): Promise<{ url: string; asked: string[]; publish: (share?: number) => void }> {
  const head = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n';
  const rows = market.slice(0, MIDNIGHT).map(({ id, price, quantity, time, buyerMaker }, i) => {
    const tenths = String(time / 100 + (i % 10)).padStart(14, '0');
    const side = buyerMaker === true ? 'Sell' : 'Buy';
    return `${tenths.slice(0, -4)}.${tenths.slice(-4)},${SYMBOL},${side},${quantity},${price},PlusTick,${id},1,${quantity},${quantity * price}\n`;
  });
  const file = gzipSync(head + rows.join(''));
  const asked: string[] = [];
  let published = 0;
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (published > 0 && url === `/trading/${SYMBOL}/${SYMBOL}${DAY}.csv.gz`)
      response.end(file.subarray(0, published * file.length));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, publish: (share = 1) => (published = share) };
}

type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Milliseconds between two looks at the venue's files. */
const QUARTER = 900_000;

/** The clock of the market that is played; a quarter of an hour may be shorter. */
export function aroundOf(local: LocalVenue, quarter = QUARTER): Surroundings {
  const process = processSurroundings();
  return {
    ...process,
    wall: () => 5000 + (local.happened(SYMBOL).at(-1)?.time ?? 0),
    later(milliseconds, run) {
      const quarters = milliseconds / QUARTER;
      return process.later([1, 2, 4, 8, 16].includes(quarters) ? quarters * quarter : milliseconds, run);
    },
  };
}

/** A session, until `act` is done. */
export async function session(
  local: LocalVenue,
  options: Partial<LiveOptions> & Pick<LiveOptions, 'journal'>,
  dumps: string,
  act: (url: string) => Promise<void>,
  quarter = QUARTER,
): Promise<{ report: LiveReport; told: Told }> {
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
    around: aroundOf(local, quarter),
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
export async function statusOf(url: string): Promise<string> {
  const { next, state } = (await (await fetch(`${url}/v1/status`)).json()) as { next: string; state: string };
  return `${next} ${state}`;
}

/** So many trades happen, in pieces, until the next row is this one. */
export async function say(local: LocalVenue, count: number, url: string, next: string): Promise<void> {
  for (let said = 0; said < count; said += 50) {
    local.say(SYMBOL, Math.min(50, count - said));
    await pause(2);
  }
  await until(`row ${next}`, async () => (await statusOf(url)).startsWith(`${next} `));
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(20))
    assert.ok(performance.now() < end, `${what} did not come`);
}

export interface Row {
  readonly epoch: number;
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: readonly number[];
}

export function recorded(journal: string): Row[] {
  const rows: Row[] = [];
  for (const { record, header } of openJournal(journal).records())
    if (record.kind === 'row') {
      const { time, ready, complete, values } = record;
      rows.push({ epoch: header.epoch, time, ready, complete, values: [...values] });
    }
  return rows;
}

/** Time, readiness and values of the rows of a build. */
export function built(trades: readonly Trade[]): unknown[] {
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

export const bits = ({ time, ready, values }: Row): unknown => [time, ready, values];

export const open = (): Promise<LocalVenue> =>
  openLocalVenue({ venue: 'bybit', markets: { [SYMBOL]: market }, around: processSurroundings(), heartbeat: 50 });
