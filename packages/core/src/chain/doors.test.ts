/** What comes in by the live door and is no trade, bar or time is refused by name, and the next good one is taken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine, restoreEngine } from '../config/engine.ts';
import type { ConfigInput } from '../config/config.ts';
import { createTradeBlock, setTrade, type Trade } from '../trades/trade.ts';
import type { Engine, EventFacts } from './contract.ts';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const START = 1_710_028_700 * SECOND;
const config = {
  symbol: 'BTCUSDT',
  clocks: { '1s': { bars: 'time', every: '1s' }, daily: { bars: 'given' } },
  features: { '1s': ['close'], daily: ['close'] },
} as const satisfies ConfigInput;

const good = (i: number): Trade => ({ time: START + i * SECOND, id: i, price: 100, quantity: 1, buyerMaker: true });

/** Refuses, names what was wrong, and leaves the engine as it was. */
function refuses(engine: Engine, event: () => void, said: RegExp): void {
  const before = engine.snapshot();
  assert.throws(event, (error: Error) => {
    assert.equal(error.name, 'MinotaurError');
    assert.match(error.message, said);
    return true;
  });
  assert.equal(Buffer.compare(engine.snapshot(), before), 0, 'the state was touched');
}

test('what is no trade is refused by name, with the state untouched, and the next good trade is taken', () => {
  const engine = createEngine(config);
  for (let i = 1; i < 4; i++) engine.push(good(i));
  const wrong: [unknown, RegExp, EventFacts?][] = [
    [null, /expected a trade.*found null/],
    [undefined, /expected a trade.*found undefined/],
    [[good(4)], /expected a trade.*found an array of 1/],
    ['trade', /found the text 'trade'/],
    [{ length: 3 }, /a block as createTradeBlock makes it/],
    [{ ...good(4), price: '100' }, /a number as price, found the text '100'/],
    [{ ...good(4), quantity: undefined }, /a number as quantity, found undefined/],
    [{ ...good(4), time: String(START) }, /time in integer microseconds, found the text/],
    [{ ...good(4), time: START + 0.5 }, /time in integer microseconds/],
    [{ ...good(4), time: NaN }, /time in integer microseconds/],
    [{ ...good(4), id: -1 }, /an id: .*found -1/],
    [{ ...good(4), id: 2 ** 60 }, /an id: /],
    [{ ...good(4), id: {} }, /an id: /],
    [{ ...good(4), buyerMaker: 'buy' }, /true or false as buyerMaker/],
    [{ ...good(4), side: 'buy' }, /the side as buyerMaker .*found side the text 'buy'/],
    [
      { ...good(4), time: Math.floor(START / 1000) },
      /\(time\): expected a time in microseconds from 2000-01-01.*, found \d+, which would be a time in milliseconds$/,
    ],
    [{ ...good(4), time: Math.floor(START / 1e6) }, /\(time\): .*, found \d+, which would be a time in seconds$/],
    [{ ...good(4), time: START * 1000 }, /\(time\): .*, found \d+, which would be a time in nanoseconds$/],
    [{ ...good(4), time: 1 }, /\(time\): .*, found 1$/],
    [{ ...good(4), time: START + 2 * DAY }, /less than 24 hours after the trade before/],
    [{ ...good(4), time: START + 30 * SECOND }, /at most 10 s after its arrival/, { arrival: START + 5 * SECOND }],
    [good(4), /at most a day before it/, { arrival: START + 2 * DAY }],
    [good(4), /expected an event of BTCUSDT/, { instrument: 'ETHUSDT' }],
  ];
  let next = 4;
  for (const [trade, said, facts] of wrong) {
    refuses(engine, () => engine.push(trade as Trade, facts), said);
    engine.push(good(next++));
  }
  assert.equal(engine.counts().trades, 3 + wrong.length);
});

test('an arrival stands for the silence: after a weekend a trade that has just arrived is taken', () => {
  const engine = createEngine(config);
  engine.push(good(1));
  const monday = { ...good(2), time: START + 3 * DAY };
  refuses(engine, () => engine.push(monday), /less than 24 hours/);
  engine.push(monday, { arrival: monday.time + 20_000 });
  engine.push({ ...good(3), time: monday.time + 3 * DAY }, { maxSilence: Infinity });
  assert.equal(engine.counts().trades, 3);
});

test('times that cannot be are dropped and counted where the configuration says so', () => {
  const engine = createEngine({ ...config, trades: { times: 'drop' } });
  engine.push(good(1));
  engine.push({ ...good(2), time: START + 2 * DAY });
  engine.push(good(3));
  const { trades, time, dropped } = engine.counts();
  assert.deepEqual([trades, time, dropped], [2, 1, 1]);
});

test('a side under another name, one that is none, an arrival that is no time: refused by name', () => {
  const engine = createEngine(config);
  for (const name of ['isBuyerMaker', 'buyer_maker', 'is_buyer_maker', 'm', 'aggressor', 'takerSide', 'side'])
    refuses(
      engine,
      () => engine.push({ ...good(1), buyerMaker: undefined, [name]: true }),
      new RegExp(`the side as buyerMaker.*found ${name}`),
    );
  for (const arrival of [new Date(), {}, 'x', 5n, null] as unknown[])
    refuses(engine, () => engine.push(good(1), { arrival: arrival as number }), /arrival in microseconds/);
  refuses(engine, () => engine.push(good(1), { arrival: new Float64Array(0) }), /one for each trade/);
  refuses(engine, () => engine.push(good(1), 'X' as never), /facts/);
  refuses(engine, () => engine.restore(null as never), /bytes of a snapshot/);
  for (const side of [2, -0.5, Infinity]) {
    const block = createTradeBlock(1);
    setTrade(block, 0, good(1));
    block.length = 1;
    block.side[0] = side;
    const invalid = createEngine({ ...config, trades: { invalid: 'reject' } });
    assert.throws(() => invalid.push(block), /a side of 1, -1 or NaN/);
  }
  engine.push(good(1));
});

test('watermarks and bars are held against the same times', () => {
  const engine = createEngine({ ...config, bars: { invalid: 'reject' } });
  engine.push(good(1));
  for (const time of [NaN, 0.5, '5' as unknown as number, null as unknown as number])
    refuses(engine, () => engine.advance(time), /advance: expected an integer time/);
  refuses(engine, () => engine.advance(START), /advance: expected a time not before the newest trade/);
  refuses(engine, () => engine.advance(START * 1000), /advance: expected a time in microseconds.*nanoseconds/);
  refuses(engine, () => engine.advance(START + 2 * DAY), /less than 24 hours/);
  const bar = { open_time: START, close_time: START + 60 * SECOND, open: 1, high: 2, low: 1, close: 2, volume: 5 };
  const bars: [unknown, RegExp][] = [
    [null, /expected a bar \{ open_time/],
    [[bar], /expected a bar \{ open_time/],
    [{ ...bar, high: '2' }, /expected high as a number, found the text '2'/],
    [{ ...bar, close_time: START + 3 * DAY }, /less than 24 hours/],
    [{ ...bar, close_time: START + 60.5 * SECOND + 0.5 }, /times in whole microseconds/],
    [{ ...bar, low: 3 }, /low <= high/],
  ];
  for (const [wrong, said] of bars) refuses(engine, () => engine.pushBar(wrong as typeof bar), said);
  engine.pushBar(bar);
  engine.advance(START + 90 * SECOND);
  assert.equal(engine.counts().bars['daily'], 1);
});

test("another instrument's state is refused; a renamed one's is its own", () => {
  const engine = createEngine(config);
  engine.push(good(1));
  const state = engine.snapshot();
  const { symbol: _, ...rest } = config;
  const of = (name: string, input: object): ConfigInput => ({ ...rest, instruments: { [name]: input } });
  assert.equal(engine.schema.id, createEngine(of('ETHUSDT', {})).schema.id);
  const refused: [ConfigInput, RegExp][] = [
    [of('ETHUSDT', {}), /expected the instrument ETHUSDT, found BTCUSDT/],
    [of('BTCUSDT', { ids: 'unique' }), /ids unique, found ids dense/],
    [of('BTCUSDT', { contract: 'linear', size: 0.1 }), /contract linear, found contract spot/],
  ];
  for (const [other, said] of refused) assert.throws(() => restoreEngine(other, state), said);
  for (const same of [of('BTCUSDT', {}), of('a', { symbol: 'BTCUSDT' }), of('XBT', { formerly: ['BTCUSDT'] })])
    assert.equal(restoreEngine(same, state).counts().trades, 1);
});

test('instruments are settled, by name, with what the configuration says', () => {
  const { symbol: _, ...rest } = config;
  const of = (instruments: ConfigInput['instruments']): Engine => createEngine({ ...rest, instruments });
  assert.deepEqual(of({ BTC: { contract: 'inverse', size: 100, ids: 'unique' } }).plan.instruments[0], {
    name: 'BTC',
    symbol: 'BTC',
    formerly: [],
    venue: null,
    contract: 'inverse',
    size: 100,
    prices: { min: null, max: null },
    times: { from: Date.UTC(2000, 0) * 1000, to: Date.UTC(2100, 0) * 1000 },
    ids: 'unique',
    sides: { buy: ['buy', 'b', 'true', 't', '1'], sell: ['sell', 's', 'false', 'f', '0', '-1'] },
    sideMeans: null,
    timeUnit: 'us',
    adjustments: [],
    officialGaps: false,
  });
  assert.throws(() => of({}), /instruments: expected at least one instrument, found none/);
  assert.throws(() => createEngine({ ...config, instruments: { A: {} } }), /either `symbol` or `instruments`/);
  assert.throws(() => of({ A: { size: 5 } }), /instruments\.A\.size: expected no size/);
  assert.throws(() => of({ A: { venue: 'nowhere' } }), /instruments\.A\.venue: expected a venue/);
  assert.throws(() => of({ A: { times: { from: '2020-01-01', to: '2019-01-01' } } }), /`from` before `to`/);
  assert.throws(() => of({ A: { prices: { max: -1 } } }), /prices\.max: expected more than 0/);
  assert.throws(() => of({ A: { idz: 'dense' } as object }), /'idz'/);
});
