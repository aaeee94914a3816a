/** What is held while a session begins: bounded in memory, in its order, and there for the session behind a kill. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { planOf } from 'minotaur-core/internal/config/engine';
import { parseConfig } from 'minotaur-core/internal/config/config';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { madeTrades } from '../../venues/wire/scene.ts';
import { createDoor } from './door.ts';
import type { Held } from './held.ts';
import { createHolding, type Holding } from './holding.ts';
import type { Pump } from './pump.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-holding-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const plan = planOf(
  parseConfig({
    instruments: { AAA: { venue: 'bybit-linear' }, BBB: { venue: 'bybit-linear' } },
    clocks: { a: { bars: 'tick', threshold: 10, of: 'AAA' }, b: { bars: 'tick', threshold: 10, of: 'BBB' } },
    drive: 'a',
    features: { a: ['close'], b: ['close'] },
  }),
);
const market = [...madeTrades(60_000, { ids: 'unique' })];
const ON_RECORD = 100;
const onRecord = new Map([['AAA', market.slice(0, ON_RECORD)]]);

const holdingIn = (journal: string, recorded: typeof onRecord | undefined = onRecord): Holding =>
  createHolding({ journal, plan, onRecord: recorded, onOpenHole: 'stop' });

const heldOf = (trade: Trade): Held => ({ arrived: { trade, arrival: trade.time + 5, way: 'stream' } });

function hold(holding: Holding, trades: readonly Trade[], instrument = 'AAA'): void {
  for (const trade of trades) holding.add(instrument, heldOf(trade));
}

const all = (held: Iterator<Held>): Held[] => [...{ [Symbol.iterator]: () => held }];
const read = (holding: Holding): Held[] => all(holding.turn().read('AAA'));

test('what was held is read as it came, a turn at a time', () => {
  const holding = holdingIn(join(folder, 'turns'));
  hold(holding, market.slice(100, 3100));
  holding.add('AAA', { hole: { from: market[3099].time, to: market[3100].time } });
  hold(holding, market.slice(100, 120), 'BBB');
  assert.deepEqual(
    [...holding.counts()],
    [
      ['AAA', 3001],
      ['BBB', 20],
    ],
  );
  assert.deepEqual(holding.begun('AAA'), market.slice(100, 1100));
  const turn = holding.turn();
  hold(holding, market.slice(3100, 3200));
  assert.equal(turn.count, 3021);
  const expected = [
    ...market.slice(100, 3100).map(heldOf),
    { hole: { from: market[3099].time, to: market[3100].time } },
  ];
  assert.deepEqual(all(turn.read('AAA')), expected);
  assert.deepEqual(all(turn.read('BBB')), market.slice(100, 120).map(heldOf));
  assert.deepEqual(read(holding), market.slice(3100, 3200).map(heldOf));
  holding.end();
  assert.ok(!existsSync(join(folder, 'turns', 'held')));
});

test('a kill leaves it to the session that goes on behind the same record, again and again', () => {
  const journal = join(folder, 'killed');
  hold(holdingIn(journal), market.slice(100, 2100));
  // What was in the buffer is lost, and asked for behind the last that is there.
  const second = holdingIn(journal);
  const left = second.counts().get('AAA') ?? 0;
  assert.ok(left >= 1900 && left <= 2000, `${left}`);
  assert.deepEqual(second.seeds.get('AAA'), market.slice(0, 100 + left));
  assert.deepEqual(second.begun('AAA'), market.slice(100, 1100));
  hold(second, market.slice(100 + left, 3000));
  second.leave();
  const third = holdingIn(journal);
  assert.equal(third.seeds.get('AAA')?.length, 3000);
  hold(third, market.slice(3000, 3050));
  assert.deepEqual(read(third), market.slice(100, 3050).map(heldOf));
});

test('what is on record by now is not held, and behind another record, a hole, or none nothing is', () => {
  const journal = join(folder, 'record');
  const first = holdingIn(journal);
  hold(first, market.slice(100, 1100));
  first.leave();
  const later = holdingIn(journal, new Map([['AAA', market.slice(0, 400)]]));
  assert.equal(later.seeds.get('AAA')?.length, 1100);
  assert.deepEqual(read(later), market.slice(400, 1100).map(heldOf));
  const beyond = holdingIn(journal, new Map([['AAA', market.slice(0, 1200)]]));
  assert.deepEqual([beyond.counts().get('AAA'), read(beyond)], [0, []]);
  const other = join(folder, 'hole');
  const holed = holdingIn(other);
  hold(holed, market.slice(100, 200));
  holed.add('AAA', { hole: { from: market[199].time, to: market[300].time } });
  hold(holed, market.slice(300, 400));
  holed.leave();
  assert.deepEqual(read(holdingIn(other)), market.slice(100, 200).map(heldOf));
  const anew = createHolding({ journal: other, plan, onRecord: undefined, onOpenHole: 'stop' });
  assert.deepEqual([anew.counts().get('AAA'), existsSync(join(other, 'held'))], [0, false]);
});

const hole = { from: market[199].time, to: market[300].time };

test('behind a hole what the next session held, which went on before it, is there for the third', () => {
  const journal = join(folder, 'hole-twice');
  const first = holdingIn(journal);
  hold(first, market.slice(100, 200));
  first.add('AAA', { hole });
  hold(first, market.slice(300, 400));
  first.leave();
  const second = holdingIn(journal);
  hold(second, market.slice(200, 500));
  second.leave();
  const third = holdingIn(journal);
  assert.deepEqual(third.seeds.get('AAA'), market.slice(0, 500));
  assert.deepEqual(read(third), market.slice(100, 500).map(heldOf));
});

test('where a session goes on behind holes, what was held behind one is not given up', () => {
  const journal = join(folder, 'degraded');
  const degraded = (): Holding => createHolding({ journal, plan, onRecord, onOpenHole: 'degrade' });
  const first = degraded();
  hold(first, market.slice(100, 200));
  first.add('AAA', { hole });
  hold(first, market.slice(300, 400));
  first.leave();
  const second = degraded();
  assert.deepEqual(second.seeds.get('AAA'), [...market.slice(0, 200), ...market.slice(300, 400)]);
  hold(second, market.slice(400, 450));
  assert.deepEqual(read(second), [
    ...market.slice(100, 200).map(heldOf),
    { hole },
    ...market.slice(300, 450).map(heldOf),
  ]);
});

test('what a loss of power damaged ends what is left, and what went on behind that is not taken for the next', () => {
  const journal = join(folder, 'damaged');
  const first = holdingIn(journal);
  hold(first, market.slice(100, 200));
  first.leave();
  const second = holdingIn(journal);
  hold(second, market.slice(200, 300));
  second.leave();
  const file = join(journal, 'held', '1', '0', '00000001.journal');
  const bytes = readFileSync(file);
  bytes[bytes.length - 40] ^= 1;
  bytes[Math.floor(bytes.length * 0.7)] ^= 1;
  writeFileSync(file, bytes);
  const third = holdingIn(journal);
  const left = third.counts().get('AAA') ?? 0;
  assert.ok(left > 10 && left < 90, `${left}`);
  assert.deepEqual(third.seeds.get('AAA'), market.slice(0, 100 + left));
  hold(third, market.slice(100 + left, 400));
  assert.deepEqual(read(third), market.slice(100, 400).map(heldOf));
});

test('a session of other instruments, which is refused, neither reads nor removes what is left', () => {
  const journal = join(folder, 'others');
  const first = holdingIn(journal);
  hold(first, market.slice(100, 200));
  first.leave();
  const [one, another] = plan.instruments;
  const reversed = { ...plan, instruments: [another, one] as const };
  const other = createHolding({ journal, plan: reversed, onRecord, onOpenHole: 'stop' });
  assert.deepEqual([...other.counts().values()], [0, 0]);
  other.leave();
  assert.deepEqual(read(holdingIn(journal)), market.slice(100, 200).map(heldOf));
});

test('what cannot be held is told', () => {
  const errors: unknown[] = [];
  const door = createDoor(holdingIn('/proc/nothing'), (error) => errors.push(error));
  door.trade('AAA', { trade: market[0], arrival: 1, way: 'stream' });
  assert.match(String(errors[0]), /\/proc\/nothing/);
});

/** A pump that counts how much waits. */
function countingPump() {
  const got: Trade[] = [];
  let [waiting, most] = [0, 0];
  const nothing = (): void => {};
  const pump: Pump = {
    trade(_, { trade }) {
      got.push(trade);
      most = Math.max(most, ++waiting);
    },
    hole: nothing,
    watermark: nothing,
    release: nothing,
    between: (work) => work(),
    idle: async () => void (waiting = 0),
    get waiting() {
      return waiting;
    },
  };
  return { pump, got, most: () => most };
}

test('of much no more than a few thousand wait at a time, and what comes meanwhile comes behind it, in order', async () => {
  const journal = join(folder, 'much');
  const holding = holdingIn(journal);
  const door = createDoor(holding, (error) => assert.fail(String(error)));
  const say = (from: number, to: number): void =>
    market.slice(from, to).forEach((trade) => door.trade('AAA', { trade, arrival: trade.time, way: 'stream' }));
  say(100, 50_000);
  assert.ok(readdirSync(join(journal, 'held')).length === 1);
  const { pump, got, most } = countingPump();
  let at = 50_000;
  const order = { instruments: ['BBB', 'AAA'], skew: 60e6, before: new Map(), arrival: 0, quietUntil: () => -Infinity };
  const opened = door.open(pump, order);
  const speaks = setInterval(() => at < 59_000 && say(at, (at += 500)), 0);
  await opened;
  clearInterval(speaks);
  say(at, at + 10);
  assert.ok(at > 50_000, 'something came meanwhile');
  assert.ok(most() <= 15_000, `${most()} waited`);
  assert.deepEqual(got, market.slice(100, at + 10));
});
