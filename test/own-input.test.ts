/** Two instruments whose files have different layouts: each has an `input` of its own, which wins over that of all. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configJsonSchema, parseConfig, type ConfigInput } from 'minotaur';
import { build, replay } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const COUNT = 900;
const price = (i: number, level: number): number => level + Math.round(100 * Math.sin(i / 9)) / 4;
const time = (i: number): number => Date.UTC(2024, 6, 1, 13, 30) + 250 * i;

function table(name: string, header: string, row: (i: number) => string): string {
  writeFileSync(at(name), `${[header, ...Array.from({ length: COUNT }, (_, i) => row(i))].join('\n')}\n`);
  return at(name);
}

const plain = (name: string, level: number): string =>
  table(
    name,
    'time,price,quantity,side,id',
    (i) => `${time(i)},${price(i, level)},0.5,${i % 2 ? 'buy' : 'sell'},${i + 1}`,
  );

/** As a broker of Frankfurt exports it: days and times of its own zone, a comma before decimals, quotes among the trades. */
const broker = table('broker.csv', 'Tag;Zeit;Letzter;Menge;Seite;Nr;Art', (i) => {
  const [day, clock] = new Date(time(i) + 7_200_000).toISOString().slice(0, -1).split('T');
  const number = String(price(i, 18_000)).replace('.', ',');
  return `${day};${clock};${number};0,5;${i % 2 ? 'buy' : 'sell'};${i + 1};TRADE`;
});

const clocks = {
  a: { of: 'dax', bars: 'tick', threshold: 5 },
  b: { of: 'btc', bars: 'time', every: '1s' },
} satisfies ConfigInput['clocks'];
const features = { a: ['close', 'trade_imbalance'], b: ['close', 'volume'] };
const german = {
  columns: { date: 'Tag', time: 'Zeit', price: 'Letzter', quantity: 'Menge', side: 'Seite', id: 'Nr' },
  decimal: ',',
  zone: 'Europe/Berlin',
  where: { Art: 'TRADE' },
} as const;
const same = { clocks, features, instruments: { dax: {}, btc: {} } } satisfies ConfigInput;

test('each is read by its own layout, in build and replay; the rows are those of files of one layout', async () => {
  const btc = [plain('btc.csv', 60_000)];
  const expected = await build({
    config: same,
    trades: { dax: [plain('dax.csv', 18_000)], btc },
    out: at('expected'),
  });
  assert.ok(expected.counts.rows > 100);
  const config = { ...same, instruments: { dax: { input: german }, btc: {} } } satisfies ConfigInput;
  const trades = { dax: [broker], btc };
  const built = await build({ config, trades, out: at('built') });
  assert.equal(built.digest, expected.digest);
  assert.equal(built.schemaId, expected.schemaId, 'how files are read is no part of the schema');
  assert.equal((await replay({ config, trades, out: at('live') })).digest, expected.digest);
  await assert.rejects(build({ config: same, trades, out: at('without') }), /broker\.csv/);
});

test('it wins key by key: what it leaves open is what the section of all says', async () => {
  const btc = [plain('btc.csv', 60_000)];
  const dax = [plain('dax.csv', 18_000)];
  const seconds = { ...same, input: { timeUnit: 's', sideMeans: 'maker' } } satisfies ConfigInput;
  await assert.rejects(build({ config: seconds, trades: { dax, btc }, out: at('seconds') }), /times in s, as the conf/);
  const own = { ...seconds, instruments: { dax: { input: { timeUnit: 'ms' } }, btc: {} } } satisfies ConfigInput;
  await assert.rejects(build({ config: own, trades: { dax, btc }, out: at('own') }), /btc\.csv.*times in s/);
  const turned = { ...same, instruments: { dax: { input: { sideMeans: 'taker' } }, btc: {} } } satisfies ConfigInput;
  const maker = { ...turned, input: { sideMeans: 'maker' } } satisfies ConfigInput;
  const [plainly, mixed] = [
    await build({ config: turned, trades: { dax, btc }, out: at('plainly') }),
    await build({ config: maker, trades: { dax, btc }, out: at('mixed') }),
  ];
  // Only the features of a, which is of dax, look at sides.
  assert.equal(mixed.digest, plainly.digest);
  const all = { ...same, input: { sideMeans: 'maker' } } satisfies ConfigInput;
  assert.notEqual((await build({ config: all, trades: { dax, btc }, out: at('all') })).digest, mixed.digest);
});

test('the only instrument may have one; what is misspelt in it is refused by its place, and editors know of it', async () => {
  const one = {
    clocks: { a: { bars: 'tick', threshold: 5 } },
    features: { a: ['close'] },
    instruments: { dax: { input: german } },
  } satisfies ConfigInput;
  assert.ok((await build({ config: one, trades: [broker], out: at('one') })).counts.rows > 100);
  const misspelt = { ...one, instruments: { dax: { input: { zome: 'UTC' } } } } as unknown as ConfigInput;
  assert.throws(
    () => parseConfig(misspelt),
    /instruments\.dax\.input: expected a known key, found 'zome' \(did you mean 'zone'\?\)/,
  );
  assert.match(JSON.stringify(configJsonSchema()), /How files of this instrument are read/);
});
