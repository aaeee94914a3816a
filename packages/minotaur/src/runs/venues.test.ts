/** What is said of venues follows from what their files say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { venueLines } from '../cli/print/venues.ts';
import { listVenues } from './venues.ts';

const of = (name: string) => listVenues().find(({ venue }) => venue === name);

test('holes are seen by dense ids, by asking for rising ones, else not', () => {
  const seen = Object.fromEntries(listVenues().map(({ venue, ids, holesSeen }) => [venue, `${ids}: ${holesSeen}`]));
  assert.equal(seen['binance-spot'], 'dense: at once');
  assert.equal(seen.bitstamp, 'rising: by asking');
  assert.equal(seen['bybit-spot'], 'rising: no');
  assert.equal(seen['bybit-linear'], 'unique: no');
  assert.equal(seen.bitfinex, 'rising: no');
});

test('a new session is warm by REST, by files that meet what it collects, or by its own trades', () => {
  const reach = Object.fromEntries(listVenues().map((one) => [one.venue, one.reach]));
  assert.deepEqual(
    ['binance-spot', 'kraken', 'bitstamp', 'bybit-linear', 'bybit-inverse', 'bybit-spot'].map((name) => reach[name]),
    ['rest', 'rest', 'rest', 'files', 'files', 'none'],
  );
  const words = venueLines(listVenues()).replace(/\n +/g, ' ');
  assert.match(
    words,
    /bybit-linear: .*? begins +with the newest 1,000 trades; beyond them it collects, and is warm once the file of its first day is there \(01:14 UTC the next day\)/,
  );
  assert.match(
    words,
    /bybit-spot: .*? begins +with the newest 60 trades; beyond them it is warm by its own trades alone/,
  );
});

test('every fact of a market says where it is from; what is not streamed or asked has none of those', () => {
  for (const { venue, facts, urls, repair, dump } of listVenues()) {
    const names = Object.values(facts).flat();
    assert.equal(new Set(names).size, names.length, venue);
    for (const [prefix, isThere] of [
      ['stream.', urls.length > 0],
      ['repair.', repair !== null],
      ['dump.', dump !== null],
    ] as const)
      assert.equal(names.filter((name) => name.startsWith(prefix)).length > 3, isThere, `${venue} ${prefix}`);
  }
  const { facts } = of('binance-spot') ?? assert.fail();
  assert.deepEqual(facts.memory, ['repair.budget', 'dump.dayAheadHours']);
  assert.ok(facts.documented.includes('stream.urls') && facts.seen.includes('id'));
});

test('the budget in trades a minute, and in words', () => {
  assert.deepEqual(
    [of('binance-spot'), of('okx'), of('kraken')].map((one) => one?.repair?.tradesPerMinute),
    [240_000, 60_000, 60_000],
  );
  const words = venueLines(listVenues());
  assert.equal(of('bitstamp')?.repair?.tradesPerMinute, null, 'of two guesses');
  assert.doesNotMatch(words, /40,000,000/);
  assert.match(words.replace(/\n +/g, ' '), /others read the maker's \(guess\)/);
  assert.match(words.replace(/\n +/g, ' '), /`t` of `@trade`, dense per symbol; .*? \(seen\)/);
  assert.deepEqual([of('bybit-spot')?.repair?.pageSize, of('bybit-linear')?.repair?.pageSize], [60, 1000]);
  assert.doesNotMatch(of('bybit-spot')?.id ?? '', /UUID/);
  assert.match(words, /binance-usdm: .*\n(.*\n){2,8} *.*takes a key/);
  assert.match(words, /hyperliquid: Hyperliquid\n(.*\n)+? {2}stream {2}recordings alone/);
  assert.ok(words.split('\n').every((line) => line.length <= 110));
});
