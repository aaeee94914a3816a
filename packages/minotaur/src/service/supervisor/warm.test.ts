/** A session that begins warm, on a venue of this machine: its rows are those of a build from the oldest trade that it was warmed with. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { openLocalVenue } from '../../venues/wire/local-venue.ts';
import { madeTrades } from '../../venues/wire/scene.ts';
import { begin, built, clockOf, finish, folder, ONE, open, recorded, surroundings, until } from './warm-scene.ts';

test('warm over REST: every row on record is ready, and is that of a build', async () => {
  const local = await open(madeTrades(60_000));
  const journal = join(folder, 'rest');
  try {
    local.say('BTCUSDT', 20_000);
    const session = await begin({
      input: ONE,
      venues: { 'binance-spot': local },
      journal,
      wall: clockOf([local, 'BTCUSDT']),
    });
    assert.ok(session.warmth.isReady, session.warmth.why);
    assert.ok(session.warmth.trades < 15_000, `${session.warmth.trades} trades`);
    for (let i = 0; i < 20; i++) {
      local.say('BTCUSDT', 100, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
      await pause(5);
    }
    local.say('BTCUSDT', 1);
    await until('all', () => session.supervisor.chain.counts().trades === session.warmth.trades + 2001);
    await finish(session);
    const rows = recorded(journal);
    assert.ok(rows.length >= 100 && rows.every(({ ready, complete }) => ready && complete));
    const truth = local.happened('BTCUSDT').slice(20_000 - session.warmth.trades);
    assert.deepEqual(rows, built(ONE, truth).slice(-rows.length));
    assert.ok(session.forecast.trades !== null && session.forecast.trades > session.warmth.trades / 4);
  } finally {
    await local.close();
  }
});

test('the connection breaks and REST goes wrong while it begins: the same rows', async () => {
  const local = await open(madeTrades(60_000));
  const journal = join(folder, 'faults');
  try {
    local.say('BTCUSDT', 20_000);
    local.faults.restHalf = true;
    local.faults.restNext.push(
      { what: 'status', status: 503 },
      { what: 'empty' },
      { what: 'garbled' },
      { what: 'empty' },
    );
    const wall = clockOf([local, 'BTCUSDT']);
    const began = begin({ input: ONE, venues: { 'binance-spot': local }, journal, wall });
    const state = { isBegun: false };
    void began.then(() => (state.isBegun = true));
    for (let i = 0; !state.isBegun; i++) {
      if (local.clients.count > 0 || i > 50) local.say('BTCUSDT', 10, i % 7 === 3 ? 'lost' : 'plainly');
      if (i % 20 === 10) local.clients.disconnect('at once');
      await pause(10);
    }
    const session = await began;
    assert.ok(session.warmth.isReady, session.warmth.why);
    assert.ok(session.notes.filter(({ what }) => what === 'lost').length > 0);
    local.say('BTCUSDT', 500);
    const from = session.warmth.from.BTCUSDT;
    const truth = (): Trade[] => local.happened('BTCUSDT').filter(({ id }) => Number(id) >= Number(from.id));
    await until('all', () => session.supervisor.chain.counts().trades === truth().length);
    await finish(session);
    const rows = recorded(journal);
    assert.ok(rows.length > 20 && rows.every(({ ready, complete }) => ready && complete));
    assert.deepEqual(rows, built(ONE, truth()).slice(-rows.length));
  } finally {
    await local.close();
  }
});

test('a stream that is silent: it goes on behind what REST has newest', async () => {
  const local = await open(madeTrades(60_000));
  const journal = join(folder, 'silent');
  try {
    local.say('BTCUSDT', 20_000);
    const wall = clockOf([local, 'BTCUSDT']);
    const session = await begin({ input: ONE, venues: { 'binance-spot': local }, journal, wall });
    assert.ok(session.warmth.isReady);
    local.say('BTCUSDT', 3, 'lost');
    local.say('BTCUSDT', 100);
    await until('all', () => session.supervisor.chain.counts().trades === session.warmth.trades + 103);
    await finish(session);
    const rows = recorded(journal);
    assert.deepEqual(
      rows,
      built(ONE, local.happened('BTCUSDT').slice(-session.warmth.trades - 103)).slice(-rows.length),
    );
  } finally {
    await local.close();
  }
});

const TWO: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'binance-spot' }, ETHUSDT: { venue: 'binance-spot' } },
  clocks: {
    s: { bars: 'tick', threshold: 20, of: 'BTCUSDT' },
    t: { bars: 'time', every: '1s', of: 'BTCUSDT' },
    e: { bars: 'tick', threshold: 5, of: 'ETHUSDT' },
  },
  drive: 's',
  features: { s: ['close', 'rsi(close, 14)'], t: ['volume'], e: ['sma(close, 20)', 'volume'] },
};

test('two instruments are warmed alike, in the order of time', async () => {
  const local = await openLocalVenue({
    venue: 'binance-spot',
    markets: { BTCUSDT: madeTrades(100_000), ETHUSDT: madeTrades(10_000, { begin: 7_000_000, step: 30 }) },
    around: surroundings,
  });
  const journal = join(folder, 'two');
  try {
    const all = (): (Trade & { of: string })[] =>
      ['BTCUSDT', 'ETHUSDT'].flatMap((of) => local.happened(of).map((trade) => ({ ...trade, of })));
    local.say('BTCUSDT', 20_000);
    local.say('ETHUSDT', 2000);
    const wall = clockOf([local, 'BTCUSDT'], [local, 'ETHUSDT']);
    const session = await begin({ input: TWO, venues: { 'binance-spot': local }, journal, wall });
    assert.ok(session.warmth.isReady, session.warmth.why);
    for (let i = 0; i < 20; i++) {
      local.say('BTCUSDT', 100, i % 5 === 4 ? 'lost' : 'plainly');
      local.say('ETHUSDT', 10);
      if (i === 10) local.clients.disconnect('at once');
      await pause(10);
    }
    local.say('BTCUSDT', 1);
    const { from } = session.warmth;
    const truth = (): (Trade & { of: string })[] => all().filter(({ of, id }) => Number(id) >= Number(from[of].id));
    await until('all', () => session.supervisor.chain.counts().trades === truth().length);
    await finish(session);
    const rows = recorded(journal);
    assert.ok(rows.length > 80 && rows.every(({ ready, complete }) => ready && complete));
    const history = built(
      TWO,
      truth().toSorted((a, b) => a.time - b.time),
    );
    const at = history.findIndex(({ time }) => time === rows[0].time);
    assert.deepEqual(rows, history.slice(at, at + rows.length));
  } finally {
    await local.close();
  }
});

test('a venue that goes back 1,000 trades alone: it is said beforehand, and the session begins from these', async () => {
  const local = await open(madeTrades(60_000, { ids: 'unique' }), 'bybit');
  const input: ConfigInput = {
    ...ONE,
    instruments: { BTCUSDT: { venue: 'bybit-linear' } },
    features: { s: ['close', 'sma(close, 100)'] },
    clocks: { s: { bars: 'tick', threshold: 20 } },
  };
  try {
    local.say('BTCUSDT', 5000);
    const journal = join(folder, 'bybit');
    const session = await begin({ input, venues: { bybit: local }, journal, wall: clockOf([local, 'BTCUSDT']) });
    assert.match(session.forecast.missing, /BTCUSDT: Bybit goes back 1000 trades, the warm-up takes about 2000/);
    assert.equal(session.forecast.readyAt, 100);
    assert.deepEqual([session.warmth.isReady, session.warmth.trades], [false, 1000]);
    assert.match(session.warmth.why, /BTCUSDT: REST goes back no further/);
    for (let said = 100; said <= 1500; said += 100) {
      local.say('BTCUSDT', 100);
      await until('all', () => session.supervisor.chain.counts().trades === 1000 + said);
    }
    await finish(session);
    const rows = recorded(journal);
    assert.ok(rows.at(-1)?.ready);
    assert.equal(rows.findIndex(({ ready }) => ready) + (125 - rows.length), 99);
    // Times of its answers are in milliseconds, as those of its stream are.
    assert.deepEqual(rows, built(input, local.happened('BTCUSDT').slice(-2500)).slice(-rows.length));
  } finally {
    await local.close();
  }
});

test('a venue that goes back 1,000 trades, and a chain that takes no more: every row is ready, over a reconnect too', async () => {
  const local = await open(madeTrades(60_000, { ids: 'unique' }), 'bybit');
  const input: ConfigInput = {
    instruments: { BTCUSDT: { venue: 'bybit-linear' } },
    clocks: { s: { bars: 'tick', threshold: 20 } },
    features: { s: ['close', 'sma(close, 30)'] },
  };
  try {
    local.say('BTCUSDT', 5000);
    const journal = join(folder, 'bybit-reached');
    const session = await begin({ input, venues: { bybit: local }, journal, wall: clockOf([local, 'BTCUSDT']) });
    assert.deepEqual([session.forecast.missing, session.warmth.isReady], ['', true], session.warmth.why);
    const before = 5000 - session.warmth.trades;
    const used = (): boolean => session.supervisor.chain.counts().trades === local.happened('BTCUSDT').length - before;
    local.say('BTCUSDT', 200);
    await until('the first', used);
    local.clients.disconnect('at once');
    // Nobody listens; REST has them.
    local.say('BTCUSDT', 100);
    await until('another connection', () => local.clients.connected === 2);
    local.say('BTCUSDT', 200);
    await until('all', used);
    await finish(session);
    const rows = recorded(journal);
    assert.ok(rows.length >= 24 && rows.every(({ ready, complete }) => ready && complete), `${rows.length}`);
    assert.deepEqual(rows, built(input, local.happened('BTCUSDT').slice(before)).slice(-rows.length));
  } finally {
    await local.close();
  }
});

test('the time is up: it begins with what it has, joined to the stream', async () => {
  const local = await open(madeTrades(60_000));
  try {
    local.say('BTCUSDT', 20_000);
    const hangs = Array.from({ length: 100 }, () => ({ what: 'hang' }) as const);
    const onProgress = (trades: number): void => {
      if (trades > 2000 && local.faults.restNext.length === 0) local.faults.restNext.push(...hangs);
    };
    const journal = join(folder, 'late');
    const wall = clockOf([local, 'BTCUSDT']);
    const options = { seconds: 4, onProgress };
    const session = await begin({ input: ONE, venues: { 'binance-spot': local }, journal, wall, options });
    const { isReady, why, trades } = session.warmth;
    assert.deepEqual([isReady, why], [false, '4 seconds are over']);
    local.faults.restNext.length = 0;
    local.say('BTCUSDT', 200);
    await until('all', () => session.supervisor.chain.counts().trades === trades + 200);
    await finish(session);
    const rows = recorded(journal);
    assert.deepEqual(rows, built(ONE, local.happened('BTCUSDT').slice(-trades - 200)).slice(-rows.length));
  } finally {
    await local.close();
  }
});

test('a trade that REST has otherwise than the stream is refused with both; with acceptRevised it is not', async () => {
  const trades = [...madeTrades(30_000)];
  const local = await open(trades);
  try {
    local.say('BTCUSDT', 20_000);
    const wall = clockOf([local, 'BTCUSDT']);
    const venues = { 'binance-spot': local };
    const say = setInterval(() => {
      // What the stream says and what REST has of it is not the same.
      const at = local.happened('BTCUSDT').length;
      const trade = trades[at];
      local.say('BTCUSDT', 1);
      (local.happened('BTCUSDT') as Trade[])[at] = { ...trade, price: trade.price + 1 };
    }, 5);
    try {
      await assert.rejects(
        begin({ input: ONE, venues, journal: join(folder, 'differs'), wall }),
        /BTCUSDT, trade 2\d{4}: expected price [\d.]+, as the stream has it, found price [\d.]+, as REST has it/,
      );
      const options = { acceptRevised: true };
      const session = await begin({ input: ONE, venues, journal: join(folder, 'accepted'), wall, options });
      assert.ok(session.warmth.isReady);
      await finish(session);
    } finally {
      clearInterval(say);
    }
  } finally {
    await local.close();
  }
});
