/** The verifier's own power: every planted fault is caught, every check earns its place, sound chains raise no alarm. */
import { setId } from '../../packages/core/src/trades/id.ts';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { createEngine, planOf } from '../../packages/core/src/config/engine.ts';
import { ownOperators } from '../../packages/minotaur/src/verify/testing/own-operators.ts';
import { calendars } from '../../packages/minotaur/src/verify/checks/calendars.ts';
import { interleaving } from '../../packages/minotaur/src/verify/checks/interleaving.ts';
import type { Check, CheckContext } from '../../packages/minotaur/src/verify/harness/check.ts';
import type { Fault } from '../../packages/minotaur/src/verify/faults/fault.ts';
import { faults } from '../../packages/minotaur/src/verify/faults/faults.gen.ts';
import type { JournalFault } from '../../packages/minotaur/src/verify/faults/journal-fault.ts';
import { journalFaults } from '../../packages/minotaur/src/verify/faults/journal-faults.gen.ts';
import type { LearnedFault } from '../../packages/minotaur/src/verify/faults/learned-fault.ts';
import { learnedFaults } from '../../packages/minotaur/src/verify/faults/learned-faults.gen.ts';
import { LEARNED_TESTED } from '../../packages/minotaur/src/verify/self-test/self-test-learned.ts';
import { tradeStretch } from '../../packages/minotaur/src/verify/harness/stretch.ts';
import { market, severalContext, severalMarket } from '../../packages/minotaur/src/verify/self-test/market.ts';
import { INSTRUMENTS, SEVERAL } from '../../packages/minotaur/src/verify/self-test/several.ts';
import { selfTest, TESTED } from '../../packages/minotaur/src/verify/self-test/self-test.ts';
import { rejoin } from '../../packages/minotaur/src/verify/faults/rejoin.ts';
import { rejoinSeveral } from '../../packages/minotaur/src/verify/faults/rejoin-several.ts';
import { changeRows, changeTrades, type Wrap } from '../../packages/minotaur/src/verify/faults/wrap.ts';
import type { SelfTestReport } from '../../packages/minotaur/src/runs/verification/self-test.ts';
import { faultLine } from '../../packages/minotaur/src/cli/print/verify.ts';
import { minotaur } from '../cli.ts';

const planted: readonly (Fault | LearnedFault | JournalFault)[] = [
  ...Object.values(faults),
  ...Object.values(learnedFaults),
  ...Object.values(journalFaults),
];
const outcome = selfTest({ rows: 1000, cleanRuns: 120 });

test('every planted fault is caught', async () => {
  const { faults: outcomes } = await outcome;
  assert.deepEqual(
    outcomes.map((o) => o.name),
    planted.map((f) => f.name),
  );
  for (const { name, caughtBy, rows } of outcomes) {
    assert.notEqual(caughtBy, null, `${name} is not caught`);
    assert.ok(rows > 0 && rows <= 1000, `${name}: ${rows} rows`);
  }
});

test('faults of several instruments are none of one', async () => {
  const { faults: outcomes } = await outcome;
  const rowsOf = (name: string): number => outcomes.find((o) => o.name === name)?.rows ?? NaN;
  // The bench of two instruments has more rows than that of one, which is tried first.
  const one = rowsOf('label-known-too-late');
  for (const name of ['each-instrument-divided-alone', 'purged-within-its-instrument', 'sequence-over-two-instruments'])
    assert.ok(rowsOf(name) > one, `${name}: ${rowsOf(name)} rows`);
});

test('there are at least thirty, each of its own name, in a file of that name', () => {
  const files = ['chain', 'learned', 'journal'].flatMap((folder) =>
    readdirSync(new URL(`../../packages/minotaur/src/verify/faults/${folder}/`, import.meta.url)).map((file) =>
      file.replace('.ts', ''),
    ),
  );
  assert.deepEqual(planted.map((f) => f.name).sort(), files.sort());
  assert.ok(planted.length >= 30);
  for (const { name, imitates } of planted) assert.ok(imitates.length > 10, name);
});

test('every check catches something', async () => {
  const by = new Set((await outcome).faults.flatMap((o) => o.by));
  assert.deepEqual(
    [...TESTED, ...LEARNED_TESTED].map((check) => check.name).filter((name) => !by.has(name)),
    [],
  );
});

test('sound chains raise no alarm', async () => {
  const { cleanRuns, falseAlarms } = await outcome;
  assert.equal(cleanRuns, 120);
  assert.equal(falseAlarms, 0);
});

/** What faults are planted with, without a fault. */
const harmless: readonly (readonly [string, Wrap])[] = [
  ['around', (inner) => (sinks) => ({ ...inner(sinks) })],
  ['changeTrades', changeTrades(() => {})],
  ['changeRows', changeRows(() => {})],
  ['rejoin', rejoin(() => ({}))],
];
const config: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 60_000 },
    medium: { from: 'short', count: 4 },
    '10s': { bars: 'time', every: '10s' },
  },
  calendars: { nyse: { zone: 'America/New_York', open: '09:30', close: '16:00' } },
  features: { short: ['close', 'rsi(close, 4)'], medium: ['close'], '10s': ['close', 'nyse(available_at)'] },
};
for (const [name, wrap] of harmless) {
  test(`${name} by itself is no fault`, async () => {
    const make = wrap((sinks) => createEngine(config, sinks));
    const context: CheckContext = {
      plan: planOf(config),
      configSource: { kind: 'value', value: config },
      open: async function* () {
        for (const seed of [1, 2]) yield tradeStretch(numbered(seed));
      },
      seed: 5,
      sides: { historical: make, live: make },
    };
    // One of them looks at operators, around which there is no engine to wrap.
    await allHold(context, [ownOperators, interleaving]);
  });
}

async function allHold(context: CheckContext, without: readonly Check[]): Promise<void> {
  for (const check of TESTED.filter((one) => !without.includes(one))) {
    const { holds, first } = await check.run(context);
    assert.ok(holds, `${check.name}: ${JSON.stringify(first)}`);
  }
}

test('rejoinSeveral by itself is no fault', async () => {
  const make = rejoinSeveral({})((sinks) => createEngine(SEVERAL, sinks));
  const context = severalContext(SEVERAL, severalMarket(INSTRUMENTS, 5000, 3), 900, 5);
  await allHold({ ...context, sides: { historical: make, live: make } }, [ownOperators, calendars]);
});

/** Trades of a second market follow those of the first in id and time. */
function numbered(seed: number): ReturnType<typeof market> {
  const block = market(600, seed);
  for (let i = 0; i < block.length; i++) {
    setId(block.id, i, i + 1 + (seed - 1) * block.length);
    block.time[i] += (seed - 1) * 172_800_000_000;
  }
  return block;
}

test('the command prints the scorecard; a fault that nothing catches is exit code 1', () => {
  const tooShort = minotaur('verify', '--self-test', '--clean', '2', '--size', '2', '--json');
  assert.equal(tooShort.status, 1, tooShort.stderr);
  const card = JSON.parse(tooShort.stdout) as SelfTestReport;
  assert.deepEqual(Object.keys(card), ['faults', 'cleanRuns', 'falseAlarms']);
  assert.deepEqual(Object.keys(card.faults[0]), ['name', 'caughtBy', 'rows']);
  assert.deepEqual([card.faults.length, card.cleanRuns, card.falseAlarms], [planted.length, 2, 0]);
  assert.equal(card.faults.find(({ name }) => name === 'watermark-ignored')?.caughtBy, null);

  const unknown = minotaur('verify', '--self-test', '--size', 'huge');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /quick, full, or a number of rows/);
});

test('in words, and with every fault caught: exit code 0', () => {
  const good = minotaur('verify', '--self-test', '--clean', '2', '--size', '400');
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stdout, new RegExp(`\n${planted.length} of ${planted.length} planted faults caught[.]\n`));
});

test('what nothing catches is said in capitals', () => {
  const missed = { name: 'watermark-ignored', caughtBy: null, rows: 2, by: [] };
  assert.equal(faultLine(missed), 'NOT CAUGHT  watermark-ignored          in 2 rows');
});
