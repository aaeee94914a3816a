/** What the service's clock says to the chain: never more than the venue's own trades and REST vouch for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Described } from 'minotaur-core/internal/chain/contract';
import { createVenueTime } from '../../venues/wire/venue-time.ts';
import type { Pump } from './pump.ts';
import { createTicker, PATIENCE, type TickerOrder } from './ticker.ts';

const TIME = 1_723_161_600_000_000;

/** One instrument, whose last trade came at `TIME` and millisecond 0. */
function stage() {
  const venueTime = createVenueTime();
  venueTime.add(TIME, 0);
  const state = { now: 0, wall: TIME, isConnected: true, isLevel: true, isJoining: false, isHalted: false };
  const proof = { until: Infinity };
  const said: number[] = [];
  const chain = {
    lastEvent: () => ({ time: said.at(-1) ?? TIME }),
    counts: () => ({ waitingRows: 0 }),
  } as unknown as Described;
  const pump = { waiting: 0, watermark: (_: string, time: number) => said.push(time) } as unknown as Pump;
  const feeds = () =>
    [
      { ...state, name: 'A', venueTime: venueTime.at(state.now), provenTime: proof.until, clockOffset: 0 },
    ] as unknown as ReturnType<TickerOrder['feeds']>;
  const around = { now: () => state.now, wall: () => state.wall } as unknown as TickerOrder['around'];
  const tick = createTicker({ chain, pump, feeds, around, patience: PATIENCE, onAbsent: () => {} });
  /** Time passes, with looks at it. */
  const pass = (milliseconds: number): void => {
    for (const end = state.now + milliseconds; state.now < end;) {
      state.now += 250;
      state.wall += 250_000;
      tick();
    }
  };
  return { state, proof, said, pass, tick };
}

test('fault 32: a silent market moves on as far as no trade can be missing, and no further', () => {
  const { state, said, pass } = stage();
  pass(16_000);
  assert.deepEqual(said, [TIME + 1_000_000]);
  pass(4000);
  assert.equal(said.at(-1), TIME + 5_000_000);
  const before = said.length;
  for (const what of [{ isLevel: false }, { isJoining: true }, { isHalted: true }, { isConnected: false }]) {
    const whole = { ...state };
    Object.assign(state, what);
    pass(5000);
    Object.assign(state, { ...whole, now: state.now, wall: state.wall });
    assert.equal(said.length, before, JSON.stringify(what));
  }
  pass(1000);
  assert.ok(said.length > before);
});

test('fault 21: a connection that may be mute vouches for nothing, however long ago its last trade was', () => {
  const { proof, said, pass } = stage();
  proof.until = TIME + 2_500_000;
  pass(60_000);
  assert.equal(said.at(-1), TIME + 2_000_000);
});

test('one of several whose proof is old is moved on with the others, and nothing is said to be missing', () => {
  const venueTime = createVenueTime();
  venueTime.add(TIME, 0);
  const now = { value: 0 };
  const moved: [string, number][] = [];
  const holes: string[] = [];
  const feed = { isConnected: true, isLevel: true, isJoining: false, isHalted: false };
  const newest = (): number => TIME + 1000 * now.value;
  const said = { B: TIME };
  const chain = {
    lastEvent: () => ({ time: newest(), instruments: { A: newest(), B: said.B } }),
    counts: () => ({ waitingRows: 0 }),
  } as unknown as Described;
  const pump = {
    waiting: 0,
    watermark(name: 'A' | 'B', time: number) {
      moved.push([name, time]);
      if (name === 'B') said.B = time;
    },
    hole: (name: string) => holes.push(name),
  } as unknown as Pump;
  const feeds = () =>
    (['A', 'B'] as const).map((name) => ({
      ...feed,
      name,
      venueTime: venueTime.at(now.value),
      provenTime: name === 'A' ? newest() : TIME,
    })) as unknown as ReturnType<TickerOrder['feeds']>;
  const around = { now: () => now.value, wall: () => newest() } as unknown as TickerOrder['around'];
  const tick = createTicker({ chain, pump, feeds, around, patience: PATIENCE, onAbsent: (name) => holes.push(name) });
  for (; now.value < 300_000; now.value += 250) {
    tick();
    const behind = newest() - said.B;
    assert.ok(behind < PATIENCE.absence + 1_250_000, `${behind} us behind`);
  }
  assert.deepEqual(holes, []);
  assert.ok(moved.length > 200);
  assert.ok(moved.every(([name, time]) => name === 'B' && time <= newest() - PATIENCE.absence));
});

test('faults 30, 31: a wall clock that is wrong, or jumps, says nothing of the market', () => {
  const { state, said, pass } = stage();
  state.wall += 3_600_000_000;
  pass(14_000);
  state.wall += 86_400_000_000;
  pass(500);
  assert.deepEqual(said, []);
  state.wall -= 200_000_000_000;
  pass(5500);
  assert.equal(said.at(-1), TIME + 5_000_000);
});

test('fault 42: after standing still, what came meanwhile is read before anything is said', () => {
  const { state, said, pass, tick } = stage();
  pass(1000);
  state.now += 60_000;
  tick();
  assert.deepEqual(said, []);
  pass(1500);
  assert.deepEqual(said, []);
  pass(1000);
  assert.ok(said.length > 0);
});
