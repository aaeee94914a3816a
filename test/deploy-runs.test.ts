/** The commands of the image and of the unit run as they are written there, until their rows may be used and SIGTERM ends them. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { MAIN, nodeArguments, run, temporaryFolder } from './cli.ts';
import { path, read, root, setting, stringsOf } from './deployed.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const around = processSurroundings();
// The example's bars are those of a market that is a hundred times larger than the one that is played.
const config = read('live.yaml').replace('threshold: 2000000', 'threshold: 20000');
assert.notEqual(config, read('live.yaml'));
writeFileSync(at('live.yaml'), config);
const HOUR = 3600e6;

/** Runs a command as it is written, but for its places, until its rows may be used; SIGTERM ends it as it should end. */
async function serves(
  command: readonly string[],
  places: Readonly<Record<string, string>>,
  journal: string,
): Promise<void> {
  const market = simulatedTrades({ trades: 100_000, seed: 9, start: around.wall() - HOUR, blockRows: 256 });
  const venue = await openLocalVenue({ venue: 'binance-spot', markets: { BTCUSDT: market }, around, heartbeat: 100 });
  const token = run<{ token: string }>('token', 'prometheus', '--file', at('tokens.json')).token;
  const addresses = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const [program, ...args] = command.map((word) => places[word] ?? word);
  assert.equal(program, process.execPath);
  const child = spawn(program, [...nodeArguments, ...args, ...addresses], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, logged, reasons] = ['', '', ''];
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (logged += chunk.toString()));
  try {
    const until = async (what: string, holds: () => Promise<boolean> | boolean): Promise<void> => {
      for (const end = performance.now() + 60_000; !(await holds()); await pause(50))
        assert.ok(
          performance.now() < end && child.exitCode === null,
          `${what} did not come: ${reasons}\n${said}\n${logged.slice(0, 2000)}`,
        );
    };
    await until('its address', () => /"port":\d+/.test(logged));
    const url = `http://127.0.0.1:${/"port":(\d+)/.exec(logged)?.[1]}`;
    await until('a connection', () => venue.clients.count > 0);
    await until('readiness', async () => {
      venue.say('BTCUSDT', 2000);
      const { status, ok } = await fetch(`${url}/readyz`).then(async (answer) => ({
        ok: answer.ok,
        status: await answer.text(),
      }));
      reasons = status;
      return ok;
    });
    assert.equal((await fetch(`${url}/metrics`)).status, 401);
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    assert.match(await answer.text(), /^minotaur_ready 1$/m);
    assert.equal(spawnSync(process.execPath, [path('healthy.ts'), `${url}/healthz`]).status, 0);
    assert.notEqual(spawnSync(process.execPath, [path('healthy.ts'), 'http://127.0.0.1:9/']).status, 0);
    child.kill('SIGTERM');
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    assert.deepEqual([code, signal], [0, null], logged.slice(-2000));
    assert.equal([...openJournal(journal).records()].at(-1)?.record.kind, 'stop');
  } finally {
    child.kill('SIGKILL');
    await venue.close();
  }
}

test('the command of the image runs as it is written there', { timeout: 120_000 }, async () => {
  const [node, main, ...entry] = stringsOf('ENTRYPOINT');
  assert.deepEqual([node, main, entry], ['node', '/app/packages/minotaur/bin/minotaur.js', []]);
  assert.ok(existsSync(join(root, main.replace('/app/', ''))));
  const command = [node, main, ...stringsOf('CMD')];
  const places = {
    node: process.execPath,
    [main]: MAIN,
    '/etc/minotaur/live.yaml': at('live.yaml'),
    '/data/journal': at('image'),
    '/run/secrets/tokens': at('tokens.json'),
    '8080': '0',
  };
  await serves(command, places, at('image'));
});

test('the command of the unit runs as it is written there', { timeout: 120_000 }, async () => {
  const command = setting('ExecStart').split(' ');
  const places = {
    '/usr/bin/node': process.execPath,
    '/opt/minotaur/node_modules/minotaur/bin/minotaur.js': MAIN,
    '/etc/minotaur/live.yaml': at('live.yaml'),
    '${STATE_DIRECTORY}/journal': at('unit'),
    '${CREDENTIALS_DIRECTORY}/tokens': at('tokens.json'),
    '8080': '0',
  };
  await serves(command, places, at('unit'));
});
