/** A venue that means harm: refused, bounded in memory, nothing of it in a log as it came, and the session goes on. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { simulatedTrades } from '../../packages/minotaur/src/files/simulate.ts';
import type { RestFault } from '../../packages/minotaur/src/venues/wire/local/faults.ts';
import { compareRecord } from '../chaos/record.ts';
import { openStage, type Stage } from '../chaos/stage.ts';
import { temporaryFolder } from '../cli.ts';

const MIB = 1 << 20;
/** More than it has with nobody who means harm. */
const MOST_GROWTH = 256 * MIB;
const START = 1_723_161_600_000_000;
const folder = temporaryFolder();
const config: ConfigInput = {
  instruments: { SIMUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close', 'rsi(close, 14)'] },
};

const trade = (fields: string, symbol = 'SIMUSDT'): string =>
  `{"stream":"simusdt@trade","data":{"e":"trade","E":1,"s":"${symbol}","t":1,"p":"1","q":"1","T":${START / 1000},"m":true,${fields}}}`;
const ESCAPES = '\\u001b[2J\\u001b]0;pwned\\u0007\\u009b31m\\u202eevil';

const MESSAGES: Readonly<Record<string, string>> = {
  '100 MB': `"${'x'.repeat(100 * MIB)}"`,
  'just below the bound': `"${'x'.repeat(15 * MIB)}"`,
  '100,000 deep': '['.repeat(100_000),
  '100,000 deep, and closed': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  __proto__: trade('"__proto__":{"p":"2"}'),
  'constructor.prototype': trade('"constructor":{"prototype":{"polluted":true}}'),
  'a price that is none': trade('"p":NaN'),
  'minus zero': trade('"x":1').replace('"p":"1"', '"p":-0'),
  'minus zero, as text': trade('"x":1').replace('"p":"1"', '"p":"-0"'),
  'a number of 10,000 digits': trade('"x":1').replace('"p":"1"', `"p":"${'9'.repeat(10_000)}"`),
  'an id of 10,000 digits': trade('"x":1').replace('"t":1', `"t":${'9'.repeat(10_000)}`),
  'escapes in a symbol': trade('"x":1', `SIM${ESCAPES}`),
  'escapes, as they are, in a symbol': trade('"x":1', 'SIM\u001b[2J\u009b31m'),
  'another symbol': trade('"x":1', 'X'.repeat(64)),
  'escapes in an error': `{"error":{"code":1,"msg":"${ESCAPES}"},"id":1}`,
  'an error of 10 MB': `{"error":{"code":1,"msg":"${'\\u001b'.repeat(2 * MIB)}"},"id":1}`,
  'a trade left out, its id of 1 MB': trade('"X":"INSURANCE_FUND"').replace(
    '"t":1',
    `"t":"${'\\u001b['.repeat(200_000)}"`,
  ),
  'half a surrogate': '{"e":"\ud800"}',
  'a million keys': `{${Array.from({ length: 1_000_000 }, (_, i) => `"${i}":0`).join(',')}}`,
};

const other = createServer((_, response) => void response.end('[]'));
let askedElsewhere = 0;
other.on('request', () => askedElsewhere++);
await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
after(() => other.close());

const ANSWERS: Readonly<Record<string, RestFault>> = {
  'without an end': { what: 'endless', bytes: Infinity },
  'a bomb of gzip': { what: 'gzip', body: gzipSync(Buffer.alloc(200 * MIB, ' ')) },
  'another host': { what: 'redirect', to: `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/v3/trades` },
  'this host again': { what: 'redirect', to: '/api/v3/historicalTrades?symbol=SIMUSDT' },
  'a scheme of files': { what: 'redirect', to: 'file:///etc/passwd' },
  nothing: { what: 'hang' },
};

async function connected({ venue }: Stage): Promise<void> {
  for (const end = performance.now() + 60_000; venue.clients.count === 0; await pause(20))
    assert.ok(performance.now() < end, 'it came back');
}

async function attack(stage: Stage): Promise<void> {
  const { venue } = stage;
  for (const text of Object.values(MESSAGES)) {
    await connected(stage);
    venue.clients.send([text]);
    await pause(100);
  }
  for (const fault of Object.values(ANSWERS)) {
    await connected(stage);
    venue.faults.restNext.push(fault);
    venue.faults.way = 'lost';
    await pause(150);
    venue.faults.way = 'plainly';
    for (const end = performance.now() + 30_000; venue.faults.restNext.length > 0; await pause(20))
      assert.ok(performance.now() < end, 'it asked');
  }
}

test('a hostile venue: messages and answers that mean harm change no row, and nothing of them is said raw', async (t) => {
  const journal = join(folder, 'journal');
  const trades = simulatedTrades({ trades: 1_000_000, seed: 3, start: START, blockRows: 256 });
  const stage = await openStage({
    venue: 'binance-spot',
    symbol: 'SIMUSDT',
    trades,
    start: START,
    config,
    journal,
    speed: 8,
  });
  try {
    await stage.begin();
    await stage.live();
    const halt = stage.venue.play(1);
    await stage.begun();
    const before = stage.peak();
    await attack(stage);
    halt();
    const rows = Math.floor(stage.happened().length / 20);
    await stage.rows(rows);
    const grown = stage.peak() - before;
    t.diagnostic(`${Math.round(grown / MIB)} MiB more at the most`);
    assert.ok(grown < MOST_GROWTH, `${grown}`);
    const events = await (await fetch(`${stage.url()}/v1/status`)).text();
    const { why } = await stage.stop();
    assert.equal(why, 'told');
    assert.deepEqual(await compareRecord(journal, config, stage.happened(), folder), {
      trades: stage.happened().length,
      missed: 0,
      twice: 0,
      rows,
      changed: 0,
    });
    assert.equal(askedElsewhere, 0);
    for (const text of [stage.said(), events]) {
      // eslint-disable-next-line no-control-regex -- what is looked for
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      assert.doesNotMatch(text, /passwd/i);
      for (const line of text.split('\n')) assert.ok(line.length < 4000, line.slice(0, 200));
    }
    const kept = readFileSync(join(journal, 'unknown-messages.jsonl'), 'utf8').trim().split('\n');
    const messages = kept.map((line) => JSON.parse(line) as { text: string; length: number });
    assert.ok(
      // Three make a new connection: what is sent to the old one meanwhile is heard by nobody.
      messages.length >= 3 && messages.every(({ text, length }) => text.length > 0 && length >= 1),
      `${kept.length}`,
    );
  } finally {
    await stage.close();
  }
});
