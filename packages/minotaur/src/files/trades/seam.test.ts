import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { appendTrades, createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { setId } from 'minotaur-core/internal/trades/id';
import { createSeam } from './seam.ts';
import { BLOCK_ROWS, sourceBlock } from './source-block.ts';
import { openTrades } from './trade-source.ts';

function block(trades: readonly (readonly [price: number, id?: number | undefined])[]) {
  const made = createTradeBlock(trades.length);
  made.length = trades.length;
  trades.forEach(([price, id], i) => {
    made.price[i] = price;
    made.quantity[i] = 1;
    setId(made.id, i, id);
  });
  return made;
}
const source = (trades: Parameters<typeof block>[0]) =>
  sourceBlock({
    block: block(trades),
    file: 'b.csv',
    unit: 'line',
    numbers: Float64Array.from(trades, (_, i) => i + 2),
    words: new Map(),
    leftOut: {},
  });

test('ids that step back and a price that jumps by more than half, together, are another instrument', () => {
  const seam = createSeam();
  seam.require(source([[1, 1]]));
  seam.pass(
    block([
      [60_000, 900],
      [NaN, 901],
    ]),
  );
  assert.throws(
    () => seam.require(source([[2500, 3]])),
    /b\.csv line 2: expected .*price 60000, id 900.*found another's: price 2500, and ids step back to 3/,
  );
  assert.throws(
    () =>
      seam.require(
        source([
          [NaN, 1],
          [100_000, 3],
        ]),
      ),
    /b\.csv line 3/,
  );
  for (const sound of [
    [2500, 902],
    [50_000, 3],
    [2500, undefined],
    [59_000, undefined],
  ] as const)
    seam.require(source([sound]));
  // From a later row on: those before it were seen.
  seam.require(
    source([
      [2500, 3],
      [59_000, 899],
    ]),
    1,
  );
});

test('what was before goes on from a state', () => {
  const first = createSeam();
  first.pass(block([[60_000, 900]]));
  const seam = createSeam(JSON.parse(JSON.stringify(first.last())) as ReturnType<typeof first.last>);
  assert.throws(() => seam.require(source([[2500, 3]])), /another's/);
});

test('without ids a price that jumps by more than half is another instrument, unless splits are declared', () => {
  const seam = createSeam();
  seam.pass(block([[60_000]]));
  assert.throws(
    () => seam.require(source([[2500]])),
    /b\.csv line 2: expected .*price 60000.*found another's: price 2500/,
  );
  assert.throws(() => seam.require(source([[91_000]])), /adjustments.*accept.*91000/);
  for (const sound of [[31_000], [89_000], [2500, 7]] as const) seam.require(source([sound]));
  const adjusted = createSeam(seam.last(), false);
  adjusted.require(source([[2500]]));
});

/** Trades whose ids follow each other from `first` on, a hundred a second from second `from` on. */
function counted(first: number, from: number, length: number) {
  const made = block(Array.from({ length }, (_, i) => [60_000, first + i] as const));
  for (let i = 0; i < length; i++) made.time[i] = 1.7e15 + from * 1e6 + i * 10_000;
  return made;
}

test('ids that followed each other and leap by more than is ever traded are of the other market of that name', () => {
  const seam = createSeam();
  seam.pass(counted(3_735_683_259, 0, 60));
  const behind = (first: number, from: number) => ({ ...source([[60_000, first]]), block: counted(first, from, 3) });
  assert.throws(
    () => seam.require(behind(5_266_583_935, 1)),
    /b\.csv line 2: expected the market of the trades before, whose ids follow each other to 3735683318 .*accept.*found another's: id 5266583935, 1,530,900,616 more in 0\.41 s/,
  );
  // What follows, what lacks a month of a busy market, and what lacks some.
  for (const [first, from] of [
    [3_735_683_319, 1],
    [5_266_583_935, 31 * 86_400],
    [3_736_600_000, 1],
  ] as const)
    seam.require(behind(first, from));
});

test('where ids did not follow each other a leap says nothing', () => {
  const rising = createSeam();
  rising.pass(block(Array.from({ length: 60 }, (_, i) => [60_000, 1e9 * (i + 1)] as const)));
  rising.require(source([[60_000, 2e14]]));
  const few = createSeam();
  few.pass(block([[60_000, 7]]));
  few.require(source([[60_000, 5_266_583_935]]));
});

test('ids leap to the other market within a file too, in the first block of it or where a later one begins', () => {
  const behind = counted(5_266_583_935, 1, 3);
  const both = createTradeBlock(63);
  appendTrades(both, counted(3_735_683_259, 0, 60));
  appendTrades(both, behind);
  const whole = { ...source(Array.from({ length: 63 }, () => [60_000] as const)), block: both };
  const leap = /b\.csv line 62: expected the market of the trades before, whose ids follow each other to 3735683318 /;
  assert.throws(() => createSeam().requireWithin(whole), leap);
  const seam = createSeam();
  seam.pass(counted(3_735_683_259, 0, 60));
  assert.throws(
    () => seam.requireWithin({ ...whole, block: behind }),
    /b\.csv line 2: .*1,530,900,616 more in 0\.41 s/,
  );
  seam.requireWithin({ ...whole, block: counted(3_735_683_319, 1, 63) });
  const rising = source(Array.from({ length: 60 }, (_, i) => [60_000, 1e9 * (i + 1)] as const));
  createSeam().requireWithin(rising);
});

test('rows that are no trades are no evidence of another market, wherever in a block they are', () => {
  const FIRST = 548_000_000;
  /** Trades of which one row has an id of 0, no price and no quantity, but a time. */
  const withDirty = (from: number, length: number, dirty: number) => {
    const made = counted(FIRST + from, from / 100, length);
    setId(made.id, dirty, 0);
    made.price[dirty] = 0;
    made.quantity[dirty] = 0;
    return { ...source(Array.from({ length }, () => [60_000] as const)), block: made };
  };
  for (const dirty of [0, 30, 59]) {
    const seam = createSeam();
    for (const read of [withDirty(0, 60, dirty), withDirty(60, 60, dirty)]) {
      seam.requireWithin(read);
      seam.require(read);
      seam.pass(read.block);
    }
    const other = { ...withDirty(0, 60, dirty), block: withDirty(1e9, 60, dirty).block };
    for (let i = 0; i < 60; i++) other.block.time[i] = 1.7e15 + 2e6;
    assert.throws(() => seam.requireWithin(other), /another's: id 15480000/);
    assert.throws(() => seam.require(other), /another's: id 15480000/);
  }
});

test('a file whose block ends in a row that is no trade is read on', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-seam-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trades.csv');
  const line = (i: number): string =>
    i === BLOCK_ROWS - 1 ? `0,0,0,${1_700_000_000_000 + i},false` : `${548e6 + i},100,1,${1_700_000_000_000 + i},false`;
  const lines = Array.from({ length: BLOCK_ROWS + 100 }, (_, i) => line(i));
  writeFileSync(file, `id,price,qty,time,is_buyer_maker\n${lines.join('\n')}\n`);
  const lengths: number[] = [];
  const opened = await openTrades([file]);
  for await (const read of opened.blocks()) lengths.push(read.block.length);
  opened.close();
  assert.deepEqual(lengths, [BLOCK_ROWS, 100]);
});
