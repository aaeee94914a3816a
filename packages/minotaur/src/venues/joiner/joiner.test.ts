/** Nothing lost, nothing twice, whatever the venue does: simulated venues from many seeds, every kind of fault counted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { JoinerEvent } from './contract.ts';
import { createJoiner } from './joiner.ts';
import { idsOf, listened, trade } from './listened.ts';
import { play, type Fault, type Faults, type Market, type Played } from './played-venue.ts';

const DENSE: Market = { ids: 'dense', trades: 1500, official: 0.004, greeting: 0, page: 40, lag: 150 };
const FAULTS: Faults = { disconnect: 0.004, lose: 0.01, swap: 0.05, repeat: 0.05, refuse: 0.2, half: 0.3 };
const SEEDS = 40;

function playAll(market: Market, faults: Faults, check: (played: Played) => void): void {
  const fired: Record<Fault, number> = { disconnect: 0, lose: 0, swap: 0, repeat: 0, refuse: 0, half: 0 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const played = play(seed, market, faults, (sinks) => createJoiner(market.ids, sinks, { auditEvery: 2000 }));
    check(played);
    for (const fault of Object.keys(fired) as Fault[]) fired[fault] += played.fired[fault];
  }
  for (const [fault, count] of Object.entries(fired))
    if (faults[fault as Fault] > 0) assert.ok(count > 0, `${fault} was played`);
}

for (const greeting of [0, 30])
  test(`dense ids, ${greeting} trades at each greeting: every trade once and in order, every official hole told, none open`, () => {
    playAll({ ...DENSE, greeting }, FAULTS, ({ truth, handed, holes, events, joiner }) => {
      assert.deepEqual(idsOf(handed), idsOf(truth));
      const jumps = truth.flatMap(({ id }, i) => {
        const before = Number(truth[i - 1]?.id ?? id);
        return Number(id) > before + 1 ? [[before + 1, Number(id) - 1]] : [];
      });
      assert.deepEqual(
        holes.map(({ kind, ids }) => [kind, ...(ids ?? [])]),
        jumps.map((ids) => ['official', ...ids]),
      );
      assert.equal(joiner.counts().waiting, 0);
      const told = (name: JoinerEvent['what']): number => events.filter(({ what }) => what === name).length;
      const ended = told('came') + told('repaired') + holes.length;
      assert.equal(told('waiting'), ended, 'each that was waited for has come, or is a hole');
    });
  });

/** Trades that were never handed over, and how many of such a joiner has told. */
function missed({ truth, handed, events }: Played): { missing: readonly Trade[]; told: number } {
  const given = new Set(idsOf(handed));
  assert.equal(given.size, handed.length, 'none twice');
  const told = events.reduce((sum, event) => sum + (event.what === 'missed' ? event.trades : 0), 0);
  return { missing: truth.filter(({ id }) => !given.has(id)), told };
}

test('rising ids: every trade once; what was under way as the connection broke may be told before it comes', () => {
  let told = 0;
  playAll({ ...DENSE, ids: 'rising', page: 1500 }, { ...FAULTS, lose: 0, half: 0 }, (played) => {
    const found = missed(played);
    assert.deepEqual(found.missing, []);
    told += found.told;
  });
  assert.ok(told < SEEDS / 4, `${told} false alarms`);
});

test('rising ids and greetings: a greeting joins; what was swapped out of its reach is told', () => {
  let missing = 0;
  const market = { ...DENSE, ids: 'rising', greeting: 30, page: 1500 } as const;
  playAll(market, { ...FAULTS, lose: 0, half: 0 }, (played) => {
    const found = missed(played);
    assert.ok(found.told >= found.missing.length);
    missing += found.missing.length;
  });
  assert.ok(missing < SEEDS / 10, `${missing} trades of ${SEEDS * market.trades}`);
});

test('rising ids: what the stream never gave is found by counting, and told', () => {
  const faults = { ...FAULTS, disconnect: 0, half: 0, lose: 0.002 };
  let lost = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const played = play(seed, { ...DENSE, ids: 'rising', trades: 3000, page: 3000 }, faults, (sinks) =>
      createJoiner('rising', sinks, { auditEvery: 2000 }),
    );
    const { missing, told } = missed(played);
    assert.ok(told >= missing.length, `${told} told of ${missing.length}`);
    lost += missing.length;
  }
  assert.ok(lost > 0);
});

test('fault 26: unique ids: every trade once, in order, as long as a page reaches back; else a hole is told', () => {
  const faults = { ...FAULTS, lose: 0, half: 0, swap: 0 };
  playAll({ ...DENSE, ids: 'unique', page: 1500 }, faults, ({ truth, handed, holes }) => {
    assert.deepEqual(idsOf(handed), idsOf(truth));
    assert.deepEqual(holes, []);
  });
  let open = 0;
  playAll({ ...DENSE, ids: 'unique', page: 60 }, faults, (played) => {
    for (const { time } of missed(played).missing)
      assert.ok(played.holes.some(({ from, to }) => from <= time && time <= to));
    open += played.holes.length;
  });
  assert.ok(open > 0);
});

test('neighbours that swap are waited for, and REST is not asked', () => {
  const { joiner, handed, requests } = listened('dense');
  joiner.stream([trade(1)], 0, 0);
  joiner.stream([trade(3)], 0, 1);
  assert.equal(joiner.due(), 51);
  joiner.stream([trade(2)], 0, 30);
  assert.deepEqual(idsOf(handed), [1, 2, 3]);
  assert.deepEqual([requests.length, joiner.due()], [0, Infinity]);
});

test('a frame with the newest trade first is put in order', () => {
  const { joiner, handed } = listened('dense');
  joiner.stream([trade(9), trade(8), trade(7)], 0, 0);
  assert.deepEqual(idsOf(handed), [7, 8, 9]);
});

test('a hole that nothing fills is open after its deadline, and the session goes on behind it', () => {
  const { joiner, handed, holes, requests } = listened('dense', { holeDeadline: 1000 });
  joiner.stream([trade(1), trade(5)], 0, 0);
  for (let now = joiner.due(); holes.length === 0; now = joiner.due()) {
    joiner.wake(now);
    const request = requests.at(-1);
    if (request !== undefined) joiner.answer({ number: request.number, trades: [], arrival: 0 }, now);
  }
  assert.deepEqual(idsOf(handed), [1, 5]);
  assert.deepEqual(holes[0], {
    kind: 'open',
    from: 1000,
    to: 5000,
    ids: [2, 4],
    why: 'nothing filled it for 1000 ms',
  });
  assert.ok(requests.length > 3 && requests.length < 12, `asked ${requests.length} times, each later than before`);
});

test('a venue without REST: the hole is open as soon as swapping is ruled out', () => {
  const { joiner, holes, requests } = listened('dense', { repairable: false });
  joiner.stream([trade(1), trade(5)], 0, 0);
  joiner.wake(joiner.due());
  assert.deepEqual([holes.length, requests.length], [1, 0]);
});

test('a counter that begins anew is believed when REST has it too; without it, nothing is handed over twice', () => {
  const restart = listened('dense');
  restart.joiner.stream([trade(1000), trade(1001)], 0, 0);
  const anew = [trade(1, 2_000_000), trade(2, 2_001_000), trade(3, 2_002_000)];
  restart.joiner.stream(anew, 0, 10);
  const [request] = restart.requests;
  assert.deepEqual([request.reason, request.after?.id], ['restart', 0]);
  restart.joiner.answer({ number: request.number, trades: [], arrival: 0 }, 20);
  restart.joiner.wake(restart.joiner.due());
  restart.joiner.answer({ number: restart.requests[1].number, trades: anew, arrival: 0 }, 90);
  assert.deepEqual(idsOf(restart.handed), [1000, 1001, 1, 2, 3]);
  assert.ok(restart.events.some(({ what }) => what === 'restarted'));

  const denied = listened('dense');
  denied.joiner.stream([trade(1000), trade(1001)], 0, 0);
  denied.joiner.stream(anew, 0, 10);
  const old = [trade(1, 1000, 7), trade(2, 2000, 7)];
  denied.joiner.answer({ number: denied.requests[0].number, trades: old, arrival: 0 }, 20);
  assert.deepEqual(idsOf(denied.handed), [1000, 1001]);
});

test('the same id with another price is told with both, and the first stays', () => {
  const { joiner, handed, events } = listened('dense');
  joiner.stream([trade(1), trade(2)], 0, 0);
  joiner.stream([trade(2, 2000, 101)], 0, 1);
  assert.equal(handed.length, 2);
  assert.deepEqual(events, [{ what: 'revised', field: 'price', kept: trade(2), found: trade(2, 2000, 101) }]);
});

test('no more waits than is allowed; REST gives the rest again', () => {
  const { joiner, handed, requests } = listened('dense', { maxWaiting: 100 });
  joiner.stream([trade(1)], 0, 0);
  for (let id = 10; id < 1010; id++) joiner.stream([trade(id)], 0, 1);
  assert.equal(joiner.counts().waiting, 100);
  joiner.wake(100);
  for (let now = 101; joiner.joining(); now++) {
    const request = requests.at(-1);
    const from = Number(request?.after?.id) + 1;
    const page = Array.from({ length: 200 }, (_, i) => trade(from + i)).filter(({ id }) => Number(id) < 1010);
    joiner.answer({ number: request?.number ?? 0, trades: page, arrival: 0 }, now);
  }
  assert.deepEqual(
    idsOf(handed),
    Array.from({ length: 1009 }, (_, i) => i + 1),
  );
});

test('a silent stream behind REST is told, and its trades are taken', () => {
  const { joiner, handed, events, requests } = listened('dense');
  joiner.stream([trade(1)], 0, 0);
  joiner.probe(10_000);
  joiner.answer({ number: requests[0].number, trades: [trade(2), trade(3)], arrival: 0 }, 10_050);
  assert.deepEqual(idsOf(handed), [1, 2, 3]);
  assert.deepEqual(events, [{ what: 'behind', last: 1, newest: 3 }]);
});

test('a venue without ids cannot be joined', () => {
  const nothing = { onTrade() {}, onHole() {}, onRequest() {}, onEvent() {} };
  assert.throws(() => createJoiner('none', nothing), /expected a venue whose trades have ids, found ids: none/);
});

test('a coarse time stands behind what the stream gave while REST was asked', () => {
  const { joiner, handed, requests } = listened('rising');
  joiner.stream([trade(1, 1_200_000)], 0, 0);
  joiner.probe(10);
  joiner.stream([trade(5, 1_900_000)], 0, 20);
  const answer = [trade(1, 1_000_000), trade(5, 1_000_000), trade(9, 1_000_000)];
  joiner.answer({ number: requests[0].number, trades: answer, arrival: 0, coarse: true }, 30);
  assert.deepEqual(idsOf(handed), [1, 5, 9]);
  assert.deepEqual(
    handed.map((one) => one.trade.time),
    [1_200_000, 1_900_000, 1_900_000],
  );
});

test('fault 25: ids of 19 digits, which no double tells apart, are ordered and compared exactly', () => {
  const { joiner, handed, requests, events } = listened('rising', { auditEvery: 1000 });
  const long = (id: number): Trade => ({ ...trade(id), id: 2_290_000_000_050_703_780n + BigInt(id) });
  joiner.stream([long(1), long(3)], 0, 0);
  joiner.connected(10);
  joiner.stream([long(9), long(7)], 0, 20);
  joiner.answer({ number: requests[0].number, trades: [long(3), long(5), long(7)], arrival: 0 }, 30);
  assert.deepEqual(
    idsOf(handed),
    [1, 3, 5, 7, 9].map((id) => long(id).id),
  );
  joiner.wake(2000);
  joiner.wake(3100);
  const audit = requests[requests.length - 1];
  assert.equal(audit.reason, 'audit');
  joiner.answer({ number: audit.number, trades: [3, 5, 6, 7, 9, 11].map(long), arrival: 0 }, 3200);
  assert.deepEqual(
    events.flatMap((event) => (event.what === 'missed' ? [event.trades] : [])),
    [1],
  );
});

test('unique ids: the first trade behind a silence is asked about at once, so that a burst is no hole', () => {
  const { joiner, handed, holes, requests } = listened('unique');
  joiner.stream([trade(1), trade(2)], 0, 0);
  joiner.connected(10);
  let now = 20;
  for (; now < 3000; now += 10) {
    joiner.wake(now);
    const open = requests[requests.length - 1];
    joiner.answer({ number: open.number, trades: [trade(1), trade(2), trade(3)], arrival: 0 }, now);
  }
  const before = requests.length;
  joiner.stream([trade(4)], 0, now);
  assert.equal(requests.length, before + 1);
  joiner.answer({ number: before + 1, trades: [trade(2), trade(3), trade(4)], arrival: 0 }, now + 5);
  joiner.stream([trade(5)], 0, now + 6);
  assert.deepEqual(idsOf(handed), [1, 2, 3, 4, 5]);
  assert.deepEqual([holes.length, joiner.joining()], [0, false]);
});

test('unique ids: an answer that begins behind what the stream began with comes behind it, and the hole before both', () => {
  const { joiner, handed, holes, requests } = listened('unique');
  joiner.stream([trade(1), trade(2)], 0, 0);
  joiner.connected(10);
  joiner.stream([trade(7), trade(8), trade(9)], 0, 20);
  joiner.answer({ number: requests[0].number, trades: [trade(8), trade(9)], arrival: 0 }, 30);
  assert.deepEqual(idsOf(handed), [1, 2, 7, 8, 9]);
  assert.deepEqual(
    holes.map(({ kind, from, to }) => [kind, from, to]),
    [['open', 2000, 7000]],
  );
});

test('unique ids: what an answer has of before the first trade that was heard is not taken for what was missed', () => {
  const { joiner, handed, holes, requests } = listened('unique');
  joiner.stream([trade(5), trade(6)], 0, 0);
  joiner.connected(10);
  joiner.stream([trade(9)], 0, 20);
  const page = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => trade(id));
  joiner.answer({ number: requests[0].number, trades: page, arrival: 0 }, 30);
  assert.deepEqual([idsOf(handed), holes], [[5, 6, 7, 8, 9], []]);
});
