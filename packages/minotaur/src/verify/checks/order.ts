/**
 * What is wrong with trades is handled as declared, and alike on both sides.
 *
 * A violation: history drops a duplicate that the live session counts twice, or the other way round; a late trade changes a bar
 * that is out, or disappears without a word. Usual causes: a file that was cleaned beforehand, a sort that a live session cannot
 * do.
 *
 * Compared: where late trades are put in order, a span of every stretch is delayed by no more than they may be, and has to give what
 * it gives in order. Else into a span of every stretch duplicates, late trades, ties in another order, gaps, and trades that come
 * again behind a gap are put on purpose, each where ids of the instrument's kind can tell of it: what is missing only where they are
 * dense, what comes again only where there are any. Both sides have to report each of them and do with it what the configuration
 * declares, so that what comes out is, to the bit, what the trades that were to be accepted give by themselves. Given bars have to be
 * refused when one comes again after later ones.
 *
 * Not found: what a venue does to trades beyond these four; where the trades at hand are not in order themselves, they are
 * compared as they came.
 */
import { parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Engine, EngineCounts } from 'minotaur-core/internal/chain/contract';
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { idsOrder } from 'minotaur-core/internal/trades/identity/kinds';
import { setId } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, pickTrades, sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Handling, IntakePolicy, Problem } from 'minotaur-core/internal/trades/intake';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { firstDivergence } from '../harness/compare.ts';
import type { Divergence } from '../harness/divergence.ts';
import { sidesOf } from '../harness/sides.ts';
import { countValues, traceEngine, type TracedEngine } from '../harness/trace.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import { lengthOfTurn } from '../harness/turns.ts';
import { giveBarsBack } from './bars-back.ts';
import { isRefused } from './is-refused.ts';
import { delay, spoil, SPOILS, type Spoilt } from './spoil.ts';

/** Trades of a stretch that are spoilt, at most: they are run six times for each way. */
const SPAN = 1500;
/** Of several instruments one of so many runs of trades is spoilt. */
const LONGEST_RUNS = 6;
const REPORTED = ['duplicate', 'disorder', 'invalid', 'gap', 'dropped'] as const;

/** Duplicate, late, tied and missing trades are handled as declared, and alike on both sides. */
export const order: Check = {
  name: 'order',
  law: 'duplicates, late, tied and missing trades are handled as declared, and alike on both sides',
  async run(context: CheckContext): Promise<CheckResult> {
    const random = mulberry32(context.seed + 5);
    const sides = sidesOf(context);
    const main = traceEngine(sides.historical);
    const forks = {
      expected: traceEngine(sides.historical),
      historical: traceEngine(sides.historical),
      live: traceEngine(sides.live),
    };
    const policy = main.engine.plan.config.trades;
    const compared = {
      events: 0,
      spans: 0,
      duplicates: 0,
      late: 0,
      ties: 0,
      missing: 0,
      again: 0,
      delayed: 0,
      asTheyCame: 0,
      values: 0,
    };
    let hasTrades = false;
    for await (const stretch of context.open()) {
      const { length } = stretch;
      context.onProgress?.(length);
      const span = chooseSpan(stretch, main.engine.plan, random);
      if (span === undefined) return giveBarsBack(this, context);
      hasTrades ||= span.trades.length > 0;
      const { trades, from, to, instrument } = span;
      stretch.push(main.engine, 0, from);
      const state = main.save();
      const before = main.engine.counts();
      stretch.push(main.engine, from, to);
      const clean = REPORTED.every((problem) => main.engine.counts()[problem] === before[problem]);
      stretch.push(main.engine, to, length);
      main.clear();
      compared.events += length;
      for (const spoilt of spoiltWays(trades, clean, main.engine.plan, instrument, random)) {
        const found = trySpoilt(spoilt, policy, state, forks, instrument);
        compared[spoilt.way] += spoilt.count;
        compared.values += countValues(forks.expected.trace);
        if (found !== undefined) return result(this, compared, found);
      }
      compared.spans += clean ? 1 : 0;
    }
    // Bars of several clocks come in turns as well.
    return hasTrades ? result(this, compared, null) : giveBarsBack(this, context);
  },
};

/** Trades of one instrument that follow each other in a stretch. */
interface Span {
  readonly trades: TradeBlock;
  /** Events of the stretch, from and to one past the last. */
  readonly from: number;
  readonly to: number;
  readonly instrument: Instrument;
}

/** A span at random; undefined where the events are bars. */
function chooseSpan({ trades, turns, length }: Stretch, { instruments }: Plan, random: () => number): Span | undefined {
  if (trades !== undefined) {
    const from = Math.floor(random() * Math.max(1, length - SPAN));
    const to = Math.min(length, from + SPAN);
    return { trades: sliceTrades(trades, from, to), from, to, instrument: instruments[0] };
  }
  // Among the longest runs: what is put in needs some room.
  let start = 0;
  const runs = (turns?.list ?? []).flatMap((turn) => {
    const from = start;
    start += lengthOfTurn(turn);
    return turn.kind === 'trades' ? [{ ...turn, from }] : [];
  });
  const longest = runs.toSorted((a, b) => b.block.length - a.block.length).slice(0, LONGEST_RUNS);
  const run = longest[Math.floor(random() * longest.length)];
  if (run === undefined) return turns && { trades: createTradeBlock(0), from: 0, to: 0, instrument: instruments[0] };
  const instrument = instruments.find(({ name }) => name === run.instrument) as Instrument;
  const block = sliceTrades(run.block, 0, Math.min(SPAN, run.block.length));
  return { trades: block, from: run.from, to: run.from + block.length, instrument };
}

/** The trades with each fault that can be told from what was there: where they are not in order themselves, they do as they are. */
function spoiltWays(
  block: TradeBlock,
  clean: boolean,
  { config }: Plan,
  instrument: Instrument,
  random: () => number,
): readonly Spoilt[] {
  if (!clean) return [spoil(block, 'asTheyCame', instrument, random)];
  const { reorder } = config.trades;
  if (reorder === undefined) return SPOILS.map((way) => spoil(block, way, instrument, random));
  return [delay(block, parseSpan(reorder.within), idsOrder(instrument.ids), random)];
}

interface Forks {
  readonly expected: TracedEngine;
  readonly historical: TracedEngine;
  readonly live: TracedEngine;
}

function trySpoilt(
  spoilt: Spoilt,
  policy: IntakePolicy,
  state: Uint8Array,
  { expected, historical, live }: Forks,
  instrument: Instrument,
): Divergence | { message: string } | undefined {
  const verdict = spoilt.way === 'asTheyCame' ? undefined : judge(spoilt, policy);
  for (const fork of [expected, historical, live]) {
    fork.engine.restore(state);
    fork.clear();
  }
  const before = historical.engine.counts();
  const { block, inOrder } = spoilt;
  const facts = { instrument: instrument.name, ...HISTORY };
  if (verdict === undefined || inOrder !== undefined) expected.engine.push(inOrder ?? block, facts);
  else pushAccepted(expected.engine, spoilt, verdict.accepted, instrument);
  const refused = {
    historical: isRefused(() => historical.engine.push(block, facts)),
    live: isRefused(() => {
      for (let i = 0; i < block.length; i++) live.engine.push(sliceTrades(block, i, i + 1), facts);
    }),
  };
  for (const [side, fork] of [
    ['historical', historical],
    ['live', live],
  ] as const) {
    const counts = fork.engine.counts();
    const wrong = verdict && misreported(verdict, before, counts, refused[side]);
    if (wrong !== undefined) return { message: `${spoilt.way} put in, ${side} side: ${wrong}` };
    const first = firstDivergence(expected.engine.plan, expected.trace, fork.trace);
    if (first) return first;
  }
  return undefined;
}

interface Verdict {
  /** Rows of the block that enter the chain. */
  readonly accepted: readonly number[];
  readonly rejected: boolean;
  readonly counts: Readonly<Record<(typeof REPORTED)[number], number>>;
}

/** What the policy makes of each row, by what was done to it. */
function judge({ block, problems }: Spoilt, policy: IntakePolicy): Verdict {
  const handling: Record<Problem, Handling> = {
    duplicate: policy.duplicates,
    disorder: policy.disorder,
    invalid: policy.invalid,
    time: policy.times,
    gap: policy.gaps,
  };
  const accepted: number[] = [];
  const counts = { duplicate: 0, disorder: 0, invalid: 0, time: 0, gap: 0, dropped: 0 };
  for (let i = 0; i < block.length; i++) {
    const problem = problems.get(i);
    if (problem !== undefined) {
      // What is rejected leaves no trace in the counts.
      if (handling[problem] === 'reject') return { accepted, rejected: true, counts };
      counts[problem]++;
      if (handling[problem] === 'drop') {
        counts.dropped++;
        continue;
      }
    }
    accepted.push(i);
  }
  return { accepted, rejected: false, counts };
}

/** Pushes the accepted rows by themselves, and tells of the gaps, of which their ids no longer do. */
function pushAccepted(
  engine: Engine,
  { block, problems }: Spoilt,
  rows: readonly number[],
  { timeUnit, name: instrument }: Instrument,
): void {
  const trades = accept(block, rows);
  const facts = { instrument, ...HISTORY };
  const unit = MICROS_OF_UNIT[timeUnit];
  let from = 0;
  rows.forEach((row, k) => {
    if (problems.get(row) !== 'gap') return;
    engine.push(sliceTrades(trades, from, k), facts);
    const to = Math.floor(trades.time[k] / unit) * unit;
    engine.hole({ from: to, to }, facts);
    from = k;
  });
  engine.push(sliceTrades(trades, from, rows.length), facts);
}

/** The accepted rows as trades that nothing can be said against: without ids, late ones at the time they became known. */
function accept(block: TradeBlock, rows: readonly number[]): TradeBlock {
  const accepted = pickTrades(block, rows);
  const { time } = accepted;
  for (let i = 1; i < time.length; i++) time[i] = Math.max(time[i], time[i - 1]);
  for (let i = 0; i < accepted.length; i++) setId(accepted.id, i, undefined);
  return accepted;
}

function misreported(
  verdict: Verdict,
  before: EngineCounts,
  after: EngineCounts,
  refused: boolean,
): string | undefined {
  if (refused !== verdict.rejected) {
    return `expected the run to be ${verdict.rejected ? 'rejected' : 'accepted'}, found it ${refused ? 'rejected' : 'accepted'}`;
  }
  for (const problem of REPORTED) {
    const found = after[problem] - before[problem];
    if (found !== verdict.counts[problem]) return `expected ${verdict.counts[problem]} ${problem}, found ${found}`;
  }
  return undefined;
}
