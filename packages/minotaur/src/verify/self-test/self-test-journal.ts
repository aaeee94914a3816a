/** The recorded side of the self-test: a service that is killed, goes on and fills a hole, with every fault planted into it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { tradeAt, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { nextEpoch } from '../../journal/epochs.ts';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../journal/recover.ts';
import { createJournal } from '../../journal/writer.ts';
import type { FaultOutcome } from '../faults/fault.ts';
import type { JournalFault, Service } from '../faults/journal-fault.ts';
import { journalFaults } from '../faults/journal-faults.gen.ts';
import { fails } from '../harness/check.ts';
import { inTurns } from '../harness/in-turns.ts';
import { enginesOf } from '../harness/sides.ts';
import { eventsIn, pushInTurn, type TurnEvent } from '../harness/turns.ts';
import { collectReceived } from '../shadow/shadow-received.ts';
import { shadow, type ShadowResult } from '../shadow/shadow.ts';
import { market, severalMarket } from './market.ts';
import { INSTRUMENTS, SEVERAL } from './several.ts';

const CONFIG: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 60_000 },
    '10s': { bars: 'time', every: '10s' },
  },
  trades: { disorder: 'drop' },
  features: { short: ['close', 'ema(close, 5)'], '10s': ['volume', 'sma(close, 3)'] },
};
const SEED = 11;
const TRADES_PER_ROW = 3;
/** Rows of a service are few, since what it does wrong shows at once; but it has to come to all that happens in a day. */
const ROWS = 256;
const FEWEST = 128;
/** Trades that never come, of the middle of the day. */
const MISSING = 9;
/** A clock that is a minute ahead: more than a chain takes. */
const AHEAD = 60_000_000;
/** Of a service of several instruments. */
const SEVERAL_TRADES = 900;
const LATE_FEED = 'spot';
/** Now and then it is late by so much, and is waited for so long. */
const LATE_EVERY = 60;
const LATE = 20_000_000;
const PATIENCE = 3_000_000;
/** By the feed's clock a trade comes so long after it was made. */
const DELAY = 1500;

const SOUND: Service = {
  recorder: (inner) => inner,
  async goOn(directory, plan, engine) {
    const found = await recoverEngine(openJournal(directory), enginesOf(plan));
    if (found !== undefined) await resumeEngine(engine, found);
  },
  goBack: (directory, engine, state) => engine.restore(state, { epoch: nextEpoch(directory) }),
};

/** Plants every fault into a service that holds without one. */
export async function tryJournalFaults(
  rows: number,
  onFault: (outcome: FaultOutcome) => void | Promise<void>,
): Promise<void> {
  const trades = market(Math.max(FEWEST, Math.min(rows, ROWS)) * TRADES_PER_ROW, SEED);
  const run = (service: Service, several = false): Promise<ShadowResult> =>
    several ? runSeveral(service, SEED) : runService(service, trades);
  for (const several of [false, true]) {
    const sound = await run(SOUND, several);
    if (fails(sound)) fail('internal', 'self-test', 'a recorded service that holds', JSON.stringify(sound.first));
  }
  for (const { name, several, plant } of Object.values<JournalFault>(journalFaults)) {
    const outcome = await run(plant(SOUND), several);
    const by = fails(outcome) ? [outcome.name] : [];
    await onFault({ name, caughtBy: by[0] ?? null, rows: Number(outcome.compared['rows']), by });
  }
}

/** What a sound service of other trades raises; undefined where nothing. */
export async function tryJournalClean(seed: number): Promise<string | undefined> {
  const outcomes = [await runService(SOUND, market(ROWS * TRADES_PER_ROW, seed)), await runSeveral(SOUND, seed)];
  const alarm = outcomes.find(fails);
  return alarm && `recorded run ${seed}: ${alarm.name}: ${JSON.stringify(alarm.first)}`;
}

function runService(service: Service, trades: TradeBlock): Promise<ShadowResult> {
  return inFolder(async (directory) => {
    const plan = planOf(CONFIG);
    await serve(service, plan, trades, directory);
    const entries = () => openJournal(directory).records();
    const received = collectReceived(entries(), plan.instruments.length);
    const official = [{ instrument: plan.instruments[0].name, trades }];
    return shadow({ entries: entries(), make: enginesOf(plan), venue: { received, official } });
  });
}

/** A service of several instruments, one of whose feeds is late, so that rows are let go; it is killed while others wait. */
function runSeveral(service: Service, seed: number): Promise<ShadowResult> {
  return inFolder(async (directory) => {
    const plan = planOf(SEVERAL);
    await serveSeveral(service, plan, severalMarket(INSTRUMENTS, SEVERAL_TRADES, seed), directory);
    return shadow({ entries: openJournal(directory).records(), make: enginesOf(plan) });
  });
}

async function inFolder<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-self-test-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A day: a trade that cannot be, a kill that takes rows with it, a hole, and the hole filled. */
async function serve(
  { recorder, goOn, goBack }: Service,
  plan: Plan,
  trades: TradeBlock,
  directory: string,
): Promise<void> {
  const open = (): RecordedEngine => recordEngine(recorder(createJournal(directory)), enginesOf(plan));
  const { time, length } = trades;
  let engine = open();
  const push = (from: number, to: number): void => {
    for (let i = from; i < to; i++) engine.push(tradeAt(trades, i), { arrival: time[i] + DELAY, origin: 'stream' });
  };
  const third = Math.floor(length / 3);
  push(0, third);
  const early = { ...tradeAt(trades, third), time: time[third] + AHEAD };
  refusedBy(() => engine.push(early, { arrival: time[third] + DELAY }));
  // Up to an event with rows, which the kill takes.
  let at = third;
  const { rows } = engine.counts();
  while (engine.counts().rows === rows && at < length) push(at, ++at);
  takeRows(directory);
  engine = open();
  await goOn(directory, plan, engine);
  const hole = Math.max(at, 2 * third);
  push(at, hole);
  const before = engine.snapshot();
  engine.hole({ from: time[hole - 1], to: time[hole + MISSING], missing: MISSING });
  push(hole + MISSING, length);
  engine.snapshot();
  goBack(directory, engine, before);
  push(hole, length);
  engine.snapshot();
  engine.stop();
}

/** A day of several instruments: one feed is late for a while and rows are let go, then a kill while rows wait. */
async function serveSeveral(
  { recorder, goOn }: Service,
  plan: Plan,
  lanes: Readonly<Record<string, TradeBlock>>,
  directory: string,
): Promise<void> {
  const open = (): RecordedEngine => recordEngine(recorder(createJournal(directory)), enginesOf(plan));
  const events = eventsIn([...inTurns(lanes, plan.lanes.skew)]);
  let engine = open();
  const push = ({ turn, i }: TurnEvent): void =>
    pushInTurn(engine, turn, i, { maxSilence: Infinity, origin: 'stream' });
  const to = Math.floor(events.length / 2);
  let held: TurnEvent[] = [];
  let until = Infinity;
  for (const [index, event] of events.slice(0, to).entries()) {
    const { time, turn } = event;
    if (index % LATE_EVERY === 0) until = time + LATE;
    if (time >= until) {
      held.forEach(push);
      held = [];
      until = Infinity;
    }
    if (until < Infinity && turn.instrument === LATE_FEED) held.push(event);
    else push(event);
    // By its own clock the service gives the late feed so long.
    if (until < Infinity && time > -Infinity) engine.release(time - PATIENCE);
  }
  held.forEach(push);
  let at = to;
  while (engine.counts().waitingRows === 0 && at < events.length) push(events[at++]);
  const { rows } = engine.counts();
  while (engine.counts().rows === rows && at < events.length) push(events[at++]);
  takeRows(directory);
  engine = open();
  await goOn(directory, plan, engine);
  for (const event of events.slice(at)) push(event);
  engine.snapshot();
  engine.stop();
}

function refusedBy(push: () => void): void {
  try {
    push();
  } catch {
    return;
  }
  fail('internal', 'self-test', 'a trade from the future to be refused', 'one that was taken');
}

/** Cuts the newest segment before the rows of its newest event. */
function takeRows(directory: string): void {
  const { segments, records } = openJournal(directory);
  const newest = segments[segments.length - 1];
  let cut = Infinity;
  for (const { record, segment, byte } of records()) {
    if (segment !== newest) continue;
    if (record.kind !== 'row') cut = Infinity;
    else cut = Math.min(cut, byte);
  }
  writeFileSync(newest, readFileSync(newest).subarray(0, Math.min(cut, Number.MAX_SAFE_INTEGER)));
}
