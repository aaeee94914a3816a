/** What casts doubt on files from some row on, behind a beginning that is sound: said by `inspect`, `init`, `build` and `run`, or refused. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, init, inspect, type Finding } from 'minotaur/runs';
import { tradeAt, type Trade } from '../packages/core/src/trades/trade.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { minotaur, temporaryFolder } from './cli.ts';
import { smallChain } from './several.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

function written(name: string, header: string, rows: readonly string[]): string {
  writeFileSync(at(name), `${header}\n${rows.join('\n')}\n`);
  return at(name);
}

const market: Trade[] = [...simulate({ trades: 8000, seed: 3 })].flatMap((block) =>
  Array.from({ length: block.length }, (_, i) => tradeAt(block, i)),
);
const HALF = market.length / 2;

/** The market as a table of plain names, changed from its second half on. */
function changed(name: string, change: (trade: Trade) => Partial<Trade>): string {
  const rows = market.map((trade, i) => {
    const { id, time, price, quantity, buyerMaker } = { ...trade, ...(i < HALF ? {} : change(trade)) };
    return `${id},${time},${price},${quantity},${buyerMaker ? 'sell' : 'buy'}`;
  });
  return written(name, 'id,time,price,qty,side', rows);
}

const findings = async (file: string): Promise<readonly Finding[]> => (await inspect({ files: [file] })).findings;
const named = (found: readonly Finding[], name: string): Finding[] => found.filter((one) => one.name === name);
const built = async (name: string, trades: string): Promise<string> =>
  (await build({ config: smallChain, trades: [trades], out: at(name) })).notes?.join('\n') ?? '';

test('price and quantity in the place of each other from some row on: wrong, and no split', async () => {
  const file = changed('swapped.csv', ({ price, quantity }) => ({ price: quantity, quantity: price }));
  const [jumps] = named(await findings(file), 'jumps');
  assert.equal(jumps.kind, 'wrong');
  assert.match(jumps.text, /times as much or to a tenth [\d,]+ times, first from /);
  assert.match(jumps.places[0], /swapped\.csv line 4002$/);
  const { stdout } = minotaur('init', file, '--out', at('swapped.yaml'));
  assert.match(stdout.replaceAll(/\n +/g, ' '), /^wrong +the price steps to ten times as much/m);
  assert.match(stdout, /things? (has|have) to be decided/);
  assert.match(await built('swapped', file), /so many are no split/);
});

test('another instrument from some row on: init repeats the note, and does not say that nothing has to be decided', async () => {
  const file = changed('other.csv', ({ price }) => ({ price: price / 17.3 }));
  const [jumps] = named(await findings(file), 'jumps');
  assert.equal(jumps.kind, 'note');
  const { stdout } = minotaur('init', file, '--out', at('other.yaml'));
  assert.match(stdout, /^note +jumps of the price that stay: 1/m);
  assert.match(stdout, /one note casts doubt on the files: to be looked at first/);
  assert.doesNotMatch(stdout, /nothing has to be decided/);
  assert.match(minotaur('inspect', file).stdout, /one note casts doubt on the files/);
  const sound = changed('sound.csv', () => ({}));
  assert.match(minotaur('init', sound, '--out', at('sound.yaml')).stdout, /nothing has to be decided/);
  await assert.doesNotReject(init({ files: [sound], out: at('again.yaml') }));
});

test('sides that are the other ones from some row on: build says so', async () => {
  const file = changed('sides.csv', ({ buyerMaker }) => ({ buyerMaker: !(buyerMaker ?? false) }));
  assert.match(await built('sides', file), /SIM: sides agree with the tick rule in \d+ of \d+ parts .*, the first from .*sides\.csv line \d+ on/);
  assert.equal(await built('sound', changed('same.csv', () => ({}))), '');
});
