import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { simulate } from './simulate.ts';
import { openTrades } from './trades/trade-source.ts';
import { writeTrades } from './trades/write-trades.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-simulate-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function digestOf(block: TradeBlock, into = createHash('sha256')) {
  for (let i = 0; i < block.length; i++) {
    into.update(
      Float64Array.of(block.time[i], idNumber(block.id, i), block.price[i], block.quantity[i], block.side[i]),
    );
  }
  return into;
}

function digest(options: Parameters<typeof simulate>[0]): string {
  const hash = createHash('sha256');
  for (const block of simulate(options)) digestOf(block, hash);
  return hash.digest('hex');
}

test('the same seed gives the same bits, for any block size, on every Node version', () => {
  const first = digest({ trades: 20_000, seed: 42 });
  assert.equal(digest({ trades: 20_000, seed: 42, blockRows: 777 }), first);
  assert.notEqual(digest({ trades: 20_000, seed: 43 }), first);
  assert.notEqual(digest({ trades: 20_000, seed: 42 + 2 ** 40 }), first);
  assert.equal(first, '47bf254cb6f08de2cca86fee9450ad5129957fab38fec71cf648b178376cef69');
});

test('a signal of 0 is no signal, to the bit; what is beyond its range is refused', () => {
  const bare = digest({ trades: 20_000, seed: 42 });
  assert.equal(digest({ trades: 20_000, seed: 42, informationCoefficient: 0 }), bare);
  assert.notEqual(digest({ trades: 20_000, seed: 42, informationCoefficient: 0.01 }), bare);
  for (const informationCoefficient of [-0.1, 0.51, NaN])
    assert.throws(
      () => [...simulate({ trades: 1, seed: 1, informationCoefficient })],
      /signal, an information coefficient: expected a number from 0 to 0\.5, found /,
    );
});

/** Correlation of what the last ten seconds of takers leant with the return of the next ten, every ten seconds. */
function measuredCoefficient(informationCoefficient: number): number {
  const STEP = 1e7;
  const [flows, prices]: [number[], number[]] = [[], []];
  let [flow, squares, fills, side, price, before] = [0, 0, 0, 0, 0, 0];
  for (const block of simulate({ trades: 1_200_000, seed: 3, informationCoefficient })) {
    for (let i = 0; i < block.length; i++) {
      const time = block.time[i];
      if (time !== before) {
        flow += side * fills;
        squares += fills * fills;
        fills = 0;
        if (before > 0 && Math.floor(time / STEP) > Math.floor(before / STEP)) {
          flows.push(flow / Math.sqrt(squares));
          prices.push(Math.log(price));
        }
        const kept = Math.exp(-(time - before) / STEP);
        flow *= kept;
        squares *= kept * kept;
        before = time;
      }
      [side, price] = [block.side[i], block.price[i]];
      fills++;
    }
  }
  return correlation(
    flows.slice(0, -1),
    prices.slice(1).map((next, i) => next - prices[i]),
  );
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [left, right] = [mean(a), mean(b)];
  const product = (x: readonly number[], m: number, y: readonly number[], n: number): number =>
    x.reduce((sum, one, i) => sum + (one - m) * (y[i] - n), 0);
  return product(a, left, b, right) / Math.sqrt(product(a, left, a, left) * product(b, right, b, right));
}

test('the flow tells as much of the next ten seconds as is asked for, and nothing where nothing is', () => {
  // Some 4,700 returns: a standard error of 0.015.
  for (const asked of [0, 0.2, 0.4]) {
    const found = measuredCoefficient(asked);
    assert.ok(Math.abs(found - asked) < 0.05, `${asked} asked, ${found} found`);
  }
});

test('the market looks like one', () => {
  const count = 400_000;
  let last = { time: 0, id: 0, side: 0 };
  let [same, notional, bought, first, previous] = [0, 0, 0, 0, 0];
  const sizes: number[] = [];
  for (const block of simulate({ trades: count, seed: 1 })) {
    for (let i = 0; i < block.length; i++) {
      first ||= block.time[i];
      assert.ok(block.time[i] >= last.time && idNumber(block.id, i) === last.id + 1);
      assert.ok(Number.isInteger(block.time[i]) && block.quantity[i] >= 0.00001 && block.price[i] > 0);
      assert.ok(Math.abs(block.price[i] * 100 - Math.round(block.price[i] * 100)) < 1e-6);
      if (block.time[i] === last.time) same++;
      if (block.side[i] > 0) bought++;
      notional += block.price[i] * block.quantity[i];
      sizes.push(block.quantity[i]);
      previous = block.time[i];
      last = { time: block.time[i], id: idNumber(block.id, i), side: block.side[i] };
    }
  }
  const perSecond = count / ((previous - first) / 1e6);
  assert.ok(perSecond > 12 && perSecond < 45, `${perSecond} trades a second`);
  assert.ok(notional / count > 900 && notional / count < 1600, `${notional / count} dollars a trade`);
  assert.ok(same / count > 0.4 && same / count < 0.8);
  assert.ok(bought / count > 0.45 && bought / count < 0.55);
  sizes.sort((a, b) => a - b);
  assert.ok(sizes[count - 1] / sizes[count >> 1] > 500, 'fat tail');
});

test('written trades are read back bit for bit', async () => {
  const options = { trades: 70_001, seed: 9 };
  for (const name of ['a.parquet', 'a.csv.gz']) {
    const path = join(folder, name);
    assert.equal(await writeTrades(path, simulate(options)), 70_001);
    const source = await openTrades([path]);
    assert.deepEqual([source.layouts[0].layout, source.layouts[0].timeUnit], ['binance trades', 'us']);
    const hash = createHash('sha256');
    for await (const { block } of source.blocks()) digestOf(block, hash);
    source.close();
    assert.equal(hash.digest('hex'), digest(options), name);
  }
  assert.deepEqual(readdirSync(folder).sort(), ['a.csv.gz', 'a.parquet']);
});

test('what cannot be written is refused and leaves nothing', async () => {
  const block = createTradeBlock(1);
  block.length = 1;
  block.side[0] = NaN;
  for (const name of ['b.parquet', 'b.csv.gz']) {
    await assert.rejects(writeTrades(join(folder, name), [block]), /a known side/);
  }
  await assert.rejects(writeTrades(join(folder, 'b.txt'), [block]), /\.parquet or \.csv\.gz/);
  await assert.rejects(
    writeTrades(join(folder, 'a.csv.gz/b.csv.gz'), [block]),
    /expected a directory, or a name that is free/,
  );
  assert.ok(readdirSync(folder).every((name) => !name.includes('b.')));
  assert.throws(() => [...simulate({ trades: 0, seed: 1 })], /a positive integer/);
});
