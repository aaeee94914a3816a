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
  assert.match(
    await built('sides', file),
    /SIM: sides agree with the tick rule in \d+ of \d+ parts .*, the first from .*sides\.csv line \d+ on/,
  );
  assert.equal(
    await built(
      'sound',
      changed('same.csv', () => ({})),
    ),
    '',
  );
});

const BARS = 'open_time,open,high,low,close,volume';

function bars(name: string, change: (bar: { i: number; high: number; volume: number }) => object | undefined): string {
  const rows = Array.from({ length: 3000 }, (_, i) => {
    const open = 100 + Math.sin(i / 40) + (i % 7) / 50;
    const bar = { i, open, high: open + 0.3, low: open - 0.3, close: open + 0.1, volume: 10 + (i % 13) };
    const made = change(bar);
    return made === undefined ? [] : [{ ...bar, ...made }];
  }).flat();
  const lines = rows.map((bar) => [
    1_704_067_200_000 + bar.i * 60_000,
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.volume,
  ]);
  return written(name, BARS, lines.map(String));
}

test('given bars: some missing, a price that cannot be, volumes of another unit', async () => {
  const cases = {
    gaps: [bars('gaps.csv', ({ i }) => (i >= 1500 && i < 1900 ? undefined : {})), /400 in 1 place \(13\.33 %\)/],
    outliers: [bars('high.csv', ({ i }) => (i === 2000 ? { high: 1e9 } : {})), /high or low .*: 1/],
    volume: [bars('unit.csv', ({ i, volume }) => (i < 1500 ? {} : { volume: volume * 100 })), /another unit/],
  } as const;
  for (const [name, [file, words]] of Object.entries(cases)) {
    const [found] = named(await findings(file), name);
    assert.match(found.text, words);
    const { stdout } = minotaur('init', file, '--out', at(`${name}.yaml`));
    assert.match(stdout, /one note casts doubt on the files/, name);
  }
  const plain = await findings(bars('bars.csv', () => ({})));
  assert.deepEqual(
    plain.map(({ name }) => name),
    ['bars'],
  );
  const { notes = [] } = await build({ config: at('gaps.yaml'), bars: [at('gaps.csv')], out: at('gaps') });
  assert.match(
    notes.join('\n'),
    /bars of 60\.0 s that are missing between others: 400 in 1 place, before .*gaps\.csv line 1502/,
  );
});

test('qty and quote_qty that change places behind the beginning are refused, as at the beginning', async () => {
  const dump = (name: string, from: number): string => {
    const rows = market.map(({ id, price, quantity, time, buyerMaker }, i) => {
      const amounts = [quantity, price * quantity];
      return [id, price, ...(i < from ? amounts : amounts.toReversed()), time, buyerMaker, true].join(',');
    });
    return written(name, 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match', rows);
  };
  const options = { config: smallChain, out: at('quotes') };
  for (const from of [4200, 7000])
    await assert.rejects(
      build({ ...options, trades: [dump(`quotes-${from}.csv`, from)] }),
      new RegExp(
        `quotes-${from}\\.csv line ${from === 4200 ? '4[4-9]' : '7[4-9]'}\\d\\d: expected quote_qty to be the turnover of qty.*\`accept\``,
      ),
    );
  await assert.doesNotReject(build({ ...options, trades: [dump('quotes.csv', Infinity)] }));
});
