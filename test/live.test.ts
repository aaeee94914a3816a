/** `minotaur live` as a process: killed at any moment, it goes on; one process a journal; its rows are those of a build. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { blockOf, type Trade } from '../packages/core/src/trades/trade.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { openLocalVenue, type LocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { MAIN, minotaur, minotaurAlone, nodeArguments, readRows, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const around = processSurroundings();
writeFileSync(
  at('live.yaml'),
  `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 20 }, m: { from: s, count: 5 } }
features: { s: [close, "rsi(close, 14)", trade_imbalance], m: ["ema(close, 5)", volume] }
`,
);

const market = simulatedTrades({ trades: 1_000_000, seed: 5, start: around.wall() - 60_000_000, blockRows: 256 });

interface Live {
  readonly child: ChildProcess;
  readonly url: string;
}

async function begin(venue: LocalVenue, journal: string): Promise<Live> {
  const flags = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const args = ['live', '--config', at('live.yaml'), '--journal', journal, '--port', '0', ...flags];
  const child = spawn(process.execPath, [...nodeArguments, MAIN, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const url = /^(http:\S+)/.exec(text)?.[1];
    if (url !== undefined && text.includes('Control-C')) return { child, url };
  }
  return assert.fail(`it ended: ${text}`);
}

interface Status {
  readonly state: string;
  readonly next: string;
}

async function statusOf({ url }: Live): Promise<Status> {
  return (await (await fetch(`${url}/v1/status`)).json()) as Status;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(50))
    assert.ok(performance.now() < end, 'it did not come');
}

test('faults 37, 40: killed four times between disconnects: the record is that of a build, and holds against history', async () => {
  const journal = at('journal');
  const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
  try {
    let live = await begin(venue, journal);
    for (let kill = 0; kill < 4; kill++) {
      await until(async () => (await statusOf(live)).state === 'live');
      for (let i = 0; i < 10; i++) {
        venue.say('SIMUSDT', 40, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
        if (i === 5) venue.clients.disconnect('at once');
        await pause(20);
      }
      live.child.kill('SIGKILL');
      await once(live.child, 'exit');
      venue.say('SIMUSDT', 60);
      live = await begin(venue, journal);
    }
    venue.say('SIMUSDT', 1);
    const trades = venue.happened('SIMUSDT');
    const rows = Math.floor(trades.length / 20);
    await until(async () => (await statusOf(live)).next === `0:${rows}`);
    const second = minotaurAlone('live', '--config', at('live.yaml'), '--journal', journal, '--port', '0');
    assert.equal(second.status, 2);
    assert.match(second.stderr, /expected a journal that no other session writes\n {2}found {4}one of process \d+/);
    live.child.kill('SIGTERM');
    const [code] = (await once(live.child, 'exit')) as [number];
    assert.equal(code, 0);
    await compare(journal, trades);
  } finally {
    await venue.close();
  }
});

async function compare(journal: string, trades: readonly Trade[]): Promise<void> {
  await writeTrades(at('official.csv.gz'), [blockOf(trades)]);
  const out = at('build');
  run('build', '--config', at('live.yaml'), '--trades', at('official.csv.gz'), '--out', out);
  const built = await readRows(out);
  const recorded: number[][] = [];
  for (const { record } of openJournal(journal).records())
    if (record.kind === 'row') recorded.push([record.time, ...record.values]);
  assert.deepEqual(recorded, built);
  const { status, stdout } = minotaur(
    'verify',
    '--journal',
    journal,
    '--trades',
    at('official.csv.gz'),
    '--config',
    at('live.yaml'),
  );
  assert.equal(status, 0, stdout);
}

test('what cannot be listened to is told', () => {
  writeFileSync(at('nobody.yaml'), 'clocks: { s: { bars: tick, threshold: 20 } }\nfeatures: { s: [close] }\n');
  const nobody = minotaur('live', '--config', at('nobody.yaml'), '--journal', at('none'));
  assert.equal(nobody.status, 2);
  assert.match(nobody.stderr, /expected venue: the one to listen to/);
  const neither = minotaur('live', '--journal', at('none'));
  assert.equal(neither.status, 2);
  assert.match(neither.stderr, /expected --config, or --demo/);
  const url = minotaur('live', '--config', at('live.yaml'), '--journal', at('none'), '--stream-url', 'wss://nowhere');
  assert.equal(url.status, 2);
  assert.match(url.stderr, /expected VENUE=URL/);
});
