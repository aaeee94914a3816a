/** `inspect` and `init` of trades that do not stand in order of time: what follows from one to the next is of those in order. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, init, inspect, type InspectReport, type TradesInspection } from 'minotaur/runs';
import { tradeAt } from '../packages/core/src/trades/trade.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { needsOrder, withOrderOf, withoutOrder } from '../packages/minotaur/src/inspect/survey/in-order.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const market = [...simulate({ trades: 4000, seed: 3 })].flatMap((block) =>
  Array.from({ length: block.length }, (_, i) => tradeAt(block, i)),
);
const count = market.length;

/** The market in an order: which of its trades stands at each place. */
const ORDERS = {
  stand: (place: number) => place,
  newest: (place: number) => count - 1 - place,
  shuffled: (place: number) => (place * 1597) % count,
} as const;
type Order = keyof typeof ORDERS;

function written(order: Order, ids: boolean, sides: readonly [string, string] = ['buy', 'sell']): string {
  const lines = Array.from({ length: count }, (_, place) => {
    const i = ORDERS[order](place);
    const { time, price, quantity, buyerMaker } = market[i];
    return `${ids ? `${1000 + i},` : ''}${time / 1000},${price},${quantity},${sides[buyerMaker ? 1 : 0]}`;
  });
  const file = at(`${order}.csv`);
  writeFileSync(file, [`${ids ? 'id,' : ''}time,price,qty,side`, ...lines, ''].join('\n'));
  return file;
}

async function inspected(file: string, config?: Parameters<typeof inspect>[0]['config']): Promise<TradesInspection> {
  const report = await inspect({ files: [file], config });
  assert.ok(report.kind === 'trades');
  return report;
}

const named = ({ findings }: InspectReport | TradesInspection): string[] => findings.map(({ name }) => name);

const SAME = ['sides', 'timeline', 'ids', 'jumps', 'sizes', 'sessions', 'thresholds', 'draft', 'resolution'] as const;

/** What is the same in whatever order the trades stand; places are where they stand, and sums of another order end in other digits. */
const told = (report: TradesInspection): string =>
  JSON.stringify(SAME.map((key) => report[key])).replaceAll(/\.csv line \d+|(newest|shuffled|stand)/g, '');

test('trades newest first, or shuffled, are judged in order of time, and init writes what runs', async () => {
  for (const ids of [true, false]) {
    const stand = await inspected(written('stand', ids));
    assert.deepEqual(
      [stand.order, stand.sides.verdict, stand.instrument.ids],
      ['stand', 'agree', ids ? 'dense' : 'none'],
    );
    for (const order of ['newest', 'shuffled'] as const) {
      const file = written(order, ids);
      const report = await inspected(file);
      assert.equal(report.order, 'sorted');
      // How trades of one time follow each other nobody knows where they are shuffled and have no ids.
      const isKnown = ids || order === 'newest';
      assert.deepEqual(named(report), ['disorder', ...(isKnown ? [] : ['sides']), ...named(stand)]);
      if (isKnown) assert.equal(told(report), told(stand));
      else assert.deepEqual([report.sides.verdict, report.sides.agreement], ['untold', null]);
      assert.deepEqual([report.span.from, report.span.to], [stand.span.from, stand.span.to]);
      assert.deepEqual(report.thresholds, stand.thresholds);
      assert.equal(report.instrument.ids, stand.instrument.ids);
      // The one that init was seen to refuse.
      if (ids || order !== 'newest') continue;
      const out = at(`${order}.yaml`);
      const { share, readyAfter } = await init({ files: [file], out });
      assert.ok(readyAfter > 0 && share > 0 && share < 1, `${order}: ${share}`);
      assert.match(readFileSync(out, 'utf8'), /sort: true/);
      assert.equal((await build({ config: out, trades: [file], out: at('built') })).counts.trades, count);
    }
  }
});

test('sides that are reversed are told in whatever order they stand', async () => {
  for (const [order, ids] of [
    ['stand', false],
    ['newest', false],
    ['shuffled', true],
  ] as const)
    assert.equal((await inspected(written(order, ids, ['sell', 'buy']))).sides.verdict, 'reversed', order);
});

test('dense ids of a venue, newest first: late trades, and no duplicates', async () => {
  const config = { clocks: {}, instruments: { X: { venue: 'binance-spot' } } };
  const stand = named(await inspected(written('stand', true), config));
  assert.deepEqual(named(await inspected(written('newest', true), config)), ['disorder', ...stand]);
});

test('where the order is not known, what follows from it is not told', async () => {
  const asTheyStand = await inspected(written('shuffled', true));
  for (const survey of [withoutOrder(asTheyStand), withOrderOf(asTheyStand, asTheyStand)]) {
    assert.ok(needsOrder(survey));
    assert.equal(survey.order, 'unknown');
    assert.equal(survey.sides.verdict, 'untold');
    assert.deepEqual([survey.jumps.jumps, survey.jumps.outliers, survey.holes.silences], [0, 0, []]);
  }
});

test('an archive without ids of a venue that has them has nothing to be decided', async () => {
  const lines = market.map(({ time, price, quantity }) => `${Math.floor(time / 1e6)},${price},${quantity}\n`);
  writeFileSync(at('XBTUSD.csv'), lines.join(''));
  const { findings } = await inspected(at('XBTUSD.csv'));
  const ids = findings.filter(({ name }) => name === 'id-kind');
  assert.deepEqual(
    ids.map(({ kind, mend }) => [kind, mend]),
    [['note', null]],
  );
  assert.match(ids[0].text, /no ids, which of kraken are dense/);
});
