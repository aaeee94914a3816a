/** A journal that cannot grow ends a live session: nothing goes out that is not on record, and it says what happened. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { simulate } from 'minotaur/runs';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { connect } from '../packages/minotaur/src/service/client/client.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { MAIN, minotaurAlone, nodeArguments, temporaryFolder } from './cli.ts';

const around = processSurroundings();

interface Hook {
  readonly event: string;
  readonly text: string;
}

async function openHook() {
  const got: Hook[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push(JSON.parse(body) as Hook);
      response.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { got, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Rows of the stream, until the service has gone. */
async function follow(url: string, rows: Map<number, readonly number[]>, signal: AbortSignal): Promise<void> {
  try {
    for await (const message of connect({ url, what: ['rows'], from: '0:0', signal }))
      if (message.kind === 'row') rows.set(message.ordinal, [...message.values]);
  } catch {
    // It has ended.
  }
}

test('fault 39: the disk is full: what was served is on record, the exit code is 1, somebody is woken', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'live.yaml');
  writeFileSync(
    config,
    `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 5 } }
features: { s: [close, "rsi(close, 14)"] }
`,
  );
  const journal = join(folder, 'journal');
  const hook = await openHook();
  const market = simulatedTrades({ trades: 1_000_000, seed: 5, start: around.wall() - 60_000_000, blockRows: 256 });
  const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
  const flags = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const args = ['live', '--config', config, '--journal', journal, '--port', '0', '--webhook', hook.url, ...flags];
  // Files of at most 400 blocks of 512 or 1,024 bytes.
  const limited = ['-c', 'ulimit -f 400 && exec "$0" "$@"', process.execPath, ...nodeArguments, MAIN, ...args];
  const child = spawn('sh', limited, { stdio: ['ignore', 'pipe', 'ignore'] });
  const over = new AbortController();
  try {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const exited = once(child, 'exit') as Promise<[number]>;
    const isOver = (): boolean => child.exitCode !== null;
    while (!text.includes('Control-C') && !isOver()) await pause(20);
    const url = /^(http:\S+)/.exec(text)?.[1] ?? assert.fail(text);
    const stateOf = async (): Promise<string> =>
      ((await (await fetch(`${url}/v1/status`)).json()) as { state: string }).state;
    while ((await stateOf()) !== 'live') await pause(20);
    const rows = new Map<number, readonly number[]>();
    const following = follow(url, rows, over.signal);
    while (!isOver()) {
      venue.say('SIMUSDT', 25);
      await pause(5);
    }
    const [code] = await exited;
    assert.equal(code, 1, text);
    assert.match(text, /ended by itself \(broken\): \S+\.journal: expected a journal that can be written, found EFBIG/);
    over.abort();
    await following;
    const recorded = new Map<number, readonly number[]>();
    for (const { record } of openJournal(journal).records())
      if (record.kind === 'row') recorded.set(record.ordinal, [...record.values]);
    assert.ok(rows.size > 100, `${rows.size} rows were served`);
    for (const [ordinal, values] of rows) assert.deepEqual(values, recorded.get(ordinal), `row ${ordinal}`);
    assert.deepEqual(
      hook.got.map(({ event }) => event),
      ['journal', 'stopped'],
    );
    assert.match(hook.got[0].text, /EFBIG/);
  } finally {
    over.abort();
    child.kill('SIGKILL');
    await venue.close();
    hook.server.closeAllConnections();
    hook.server.close();
  }
});

test(
  'a build without room says so in words, ends with 2, and leaves what was there',
  { skip: process.platform === 'win32' },
  async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    await simulate({ trades: 20_000, seed: 5, out: at('t.csv.gz') });
    const config = at('c.json');
    const chain = (features: readonly string[]): string =>
      JSON.stringify({ clocks: { s: { bars: 'tick', threshold: 2 } }, features: { s: features } });
    writeFileSync(config, chain(['close']));
    const args = ['build', '--config', config, '--trades', at('t.csv.gz'), '--out', at('rows')];
    assert.equal(minotaurAlone(...args).status, 0);
    const before = readFileSync(join(at('rows'), 'manifest.json'));
    writeFileSync(config, chain(['close', 'sma(close, 5)']));
    const names = readdirSync(at('rows'));
    // Of blocks of 512 or 1,024 bytes.
    for (const blocks of [1, 100]) {
      const limited = [
        '-c',
        `ulimit -f ${blocks} && exec "$0" "$@"`,
        process.execPath,
        ...nodeArguments,
        MAIN,
        ...args,
      ];
      const { status, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
      assert.equal(status, 2, stderr);
      assert.match(
        stderr,
        /expected a place that can be written, with room enough\n {2}found {4}EFBIG: file too large/,
      );
      assert.deepEqual(readdirSync(at('rows')), names, `${blocks}`);
      assert.deepEqual(readFileSync(join(at('rows'), 'manifest.json')), before);
    }
  },
);
