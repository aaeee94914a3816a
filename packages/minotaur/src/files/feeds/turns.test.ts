import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTradeBlock, setTrade } from 'minotaur-core/internal/trades/trade';
import { sourceBlock, type SourceBlock } from '../trades/source-block.ts';
import { tradeCursor, type Turn } from './cursor.ts';
import { inTurns, unread, type InstrumentFeed } from './turns.ts';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const SKEW = 60 * SECOND;
/** Times that can be. */
const TIMES = { from: START - 86_400 * SECOND, to: START + 365 * 86_400 * SECOND };

/** Trades at these times, in blocks that end behind some of them. */
async function* blocksOf(times: readonly number[], cuts: ReadonlySet<number>): AsyncGenerator<SourceBlock> {
  for (let from = 0; from < times.length;) {
    let to = from + 1;
    while (to < times.length && !cuts.has(to)) to++;
    const block = createTradeBlock(to - from);
    for (let i = from; i < to; i++)
      setTrade(block, i - from, { time: times[i], id: i + 1, price: 1, quantity: 1, buyerMaker: true });
    block.length = to - from;
    yield sourceBlock({
      block,
      file: 'f',
      unit: 'row',
      numbers: new Float64Array(to - from),
      words: new Map(),
      leftOut: {},
    });
    from = to;
  }
}

type Event = readonly [instrument: string, what: string, time: number];

/** What comes of feeds of these times, event by event. */
async function play(lanes: Record<string, readonly number[]>, cuts: ReadonlySet<number> = new Set(), limit = Infinity) {
  const feeds = Object.entries(lanes).map(([instrument, times]): InstrumentFeed => ({
    instrument,
    cursors: [tradeCursor(instrument, blocksOf(times, cuts), { times: TIMES })],
    newest: 0,
  }));
  const events: Event[] = [];
  const options = { drive: Object.keys(lanes)[0], skew: SKEW, within: 0, series: [], limit };
  for await (const turn of inTurns(feeds, options)) events.push(...eventsOf(turn));
  return { events, left: await unread(feeds) };
}

function eventsOf(turn: Turn): Event[] {
  if (turn.kind === 'advance') return [[turn.instrument, 'advance', turn.time]];
  if (turn.kind === 'hole') return [[turn.instrument, 'hole', turn.hole.to]];
  assert.ok(turn.kind === 'trades');
  const { time } = turn.read.block;
  return Array.from(time.subarray(turn.from, turn.to), (t): Event => [turn.instrument, 'trade', t]);
}

const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 * SECOND }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 90 * SECOND }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 4000 * SECOND }) },
);
const lane = fc.array(gap, { minLength: 1, maxLength: 60 }).map((gaps) => {
  let time = START;
  return gaps.map((step) => (time += step));
});

test('in turns: no feed is ever ahead by more than the skew, and what a row looks at has come before the row', async () => {
  await fc.assert(
    fc.asyncProperty(lane, lane, lane, fc.array(fc.nat(60)), async (a, b, c, cuts) => {
      const { events } = await play({ a, b, c }, new Set(cuts));
      const newest = new Map<string, number>();
      const first = Math.min(a[0], b[0], c[0]);
      for (const [instrument, what, time] of events) {
        if (what === 'hole') continue;
        for (const other of ['a', 'b', 'c'])
          if (other !== instrument && newest.size > 0) assert.ok(time <= (newest.get(other) ?? first) + SKEW);
        // A row of the driving instrument can be settled at once, whatever the latency, but behind the end of another.
        if (instrument === 'a' && what === 'trade')
          for (const [other, times] of [
            ['b', b],
            ['c', c],
          ] as const)
            assert.ok(
              (newest.get(other) ?? 0) > time || time >= times[times.length - 1],
              'it waits for what will come',
            );
        assert.ok(time >= (newest.get(instrument) ?? 0));
        newest.set(instrument, time);
      }
      // All of the driving instrument came, in order, and of the others what is not after its end by more than the lead.
      const traded = (name: string): number[] =>
        events.filter(([n, what]) => n === name && what === 'trade').map((e) => e[2]);
      assert.deepEqual(traded('a'), a);
      for (const [name, times] of [
        ['b', b],
        ['c', c],
      ] as const) {
        const seen = traded(name);
        assert.deepEqual(seen, times.slice(0, seen.length));
        assert.ok(seen.length === times.length || times[seen.length] >= a[a.length - 1]);
      }
    }),
    { numRuns: 100, seed: 3 },
  );
});

test('in turns: how the files are cut into blocks changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(lane, lane, fc.array(fc.nat(60)), async (a, b, cuts) => {
      assert.deepEqual((await play({ a, b }, new Set(cuts))).events, (await play({ a, b })).events);
    }),
    { numRuns: 50, seed: 4 },
  );
});

test('in turns: the end of a feed is a hole from there on, a silence is a watermark, and what is left is said', async () => {
  const every = (seconds: number, until: number): number[] =>
    Array.from({ length: until / seconds }, (_, i) => START + i * seconds * SECOND);
  const ended = await play({ a: every(1, 200), b: every(1, 50) });
  const holes = ended.events.filter(([, what]) => what === 'hole');
  assert.ok(holes.length > 0 && holes.every(([name]) => name === 'b'));
  assert.deepEqual(ended.left, []);
  const silent = await play({ a: every(1, 200), b: [START, START + 190 * SECOND] });
  assert.ok(silent.events.some(([name, what]) => name === 'b' && what === 'advance'));
  assert.ok(silent.events.every(([, what, time]) => what !== 'hole' || time > START + 190 * SECOND));
  const longer = await play({ a: every(1, 50), b: every(1, 300) });
  assert.deepEqual(longer.left, ['b']);
});

test('in turns: no more events than were asked for, and a night of silence takes few steps', async () => {
  const times = [START, START + SECOND, START + 16 * 3600 * SECOND];
  const { events } = await play({ a: times, b: times });
  assert.ok(events.length < 2 * (6 + (2 * 16 * 3600) / 60), `${events.length} events`);
  const some = await play({ a: times, b: times }, new Set(), 3);
  assert.equal(some.events.filter(([, what]) => what === 'trade').length, 3);
});

test('in turns: what has no time that can be goes with what came before it, and holds nobody back', async () => {
  const day = 86_400 * SECOND;
  const a = [NaN, START, NaN, START + SECOND, 0, START + 40 * SECOND, START + 200 * 365 * day, START + 41 * SECOND];
  const { events, left } = await play({ a, b: [NaN, START, START + 20 * SECOND, NaN] });
  assert.deepEqual(
    events.filter(([name, what]) => name === 'a' && what === 'trade').map(([, , time]) => time),
    a,
  );
  assert.ok(events.length < 40, `${events.length} events`);
  assert.deepEqual(left, []);
});
