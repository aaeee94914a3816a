/**
 * Where ids do not tell what is missing: after every reconnect what came is held until REST, or the venue's greeting, has shown a
 * trade of before. Rising ids order; unique ones stand in the order in which the venue gives them.
 */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { createAudit, type Audit } from './audit.ts';
import {
  JOINER_DEFAULTS,
  type Arrived,
  type Joiner,
  type JoinerOptions,
  type JoinerSinks,
  type RepairAnswer,
} from './contract.ts';
import { inIdOrder, isBelow } from './recent.ts';
import { createRequests, type Requests } from './requests.ts';
import { createTally, type Tally } from './tally.ts';

/** What is being looked for after a reconnect. */
interface Overlap {
  since: number;
  /** Whether REST has shown a trade of before; what it gave of after has been handed over then. */
  joined: boolean;
  /** What the stream gave meanwhile. */
  readonly held: Arrived[];
  /** How many of them came by connections before this one: what lies between them and the others is not known either. */
  before: number;
}

/** All that a joiner of such ids knows. */
interface Overlapping {
  readonly kind: 'rising' | 'unique';
  readonly sinks: JoinerSinks;
  readonly limits: Required<JoinerOptions>;
  readonly tally: Tally;
  readonly requests: Requests;
  readonly audit: Audit;
  overlap: Overlap | undefined;
  /** Whether REST is asked for what is newer than the last. */
  probing: boolean;
}

const NO_REACH = 'REST does not reach back to the last trade';

/** A joiner of ids that rise with holes of their own, or that only tell trades apart. */
export function createOverlapJoiner(
  kind: 'rising' | 'unique',
  sinks: JoinerSinks,
  options: JoinerOptions = {},
): Joiner {
  const limits = { ...JOINER_DEFAULTS, ...options };
  const tally = createTally(sinks, limits.remembered);
  const requests = createRequests(sinks.onRequest);
  const audit = createAudit(tally, limits.auditEvery);
  const joiner: Overlapping = { kind, sinks, limits, tally, requests, audit, overlap: undefined, probing: false };
  return {
    stream(trades, arrival, now) {
      streamed(joiner, trades, arrival, now);
      if (kind === 'rising') audit.begin(now);
      wake(joiner, now);
    },
    answer(answer, now) {
      const request = requests.close(answer.number);
      if (request === undefined) return;
      if (request.reason === 'overlap') overlapped(joiner, answer, now);
      else if (request.reason === 'audit') audited(joiner, answer, now);
      else probed(joiner, answer);
      wake(joiner, now);
    },
    leftOut: () => {},
    failed(number, now, retryAfter) {
      if (requests.close(number) === undefined) return;
      requests.postpone(now, retryAfter);
      wake(joiner, now);
    },
    connected(now) {
      if (tally.last === undefined) return;
      const held = joiner.overlap?.held ?? [];
      joiner.overlap = { since: joiner.overlap?.since ?? now, joined: false, held, before: held.length };
      wake(joiner, now);
    },
    probe(now) {
      joiner.probing = true;
      ask(joiner, now);
    },
    wake: (now) => wake(joiner, now),
    due: () => due(joiner),
    seed: (trades) => tally.seed(trades),
    last: () => tally.last,
    joining: () => joiner.overlap !== undefined,
    counts: () => tally.counts(requests.count, joiner.overlap?.held.length ?? 0),
  };
}

/** What is older than all that is remembered is taken for known; what is late and was never seen is not. */
function isKnown({ kind, tally: { recent } }: Overlapping, { id }: Trade): boolean {
  return recent.get(id) !== undefined || (kind === 'rising' && isBelow(id, recent.oldest));
}

function take(joiner: Overlapping, arrived: Arrived, coarse = false): void {
  const { tally } = joiner;
  const { trade, way } = arrived;
  if (isKnown(joiner, trade)) return tally.again(trade, coarse);
  // A time in whole seconds may lie before that of the trade before, whichever way that came: then it is that one's.
  const time = coarse && way === 'repair' ? Math.max(trade.time, tally.last?.time ?? trade.time) : trade.time;
  tally.hand(time === trade.time ? arrived : { ...arrived, trade: { ...trade, time } });
}

const byId = (a: Arrived, b: Arrived): number => inIdOrder(a.trade, b.trade);

/** Hands over what was held. */
function release(joiner: Overlapping): void {
  const held = joiner.overlap?.held ?? [];
  joiner.overlap = undefined;
  if (joiner.kind === 'rising') held.sort(byId);
  for (const arrived of held) take(joiner, arrived);
}

/** What lies before `next` is not known. */
function giveUp({ tally }: Overlapping, next: Trade | undefined, why: string): void {
  const { last } = tally;
  if (last === undefined || next === undefined) return;
  tally.hole({ kind: 'open', from: Math.min(last.time, next.time), to: Math.max(last.time, next.time), why });
}

function streamed(joiner: Overlapping, trades: readonly Trade[], arrival: number, now: number): void {
  const { limits, sinks, tally, requests } = joiner;
  if (joiner.overlap !== undefined && trades.some(({ id }) => tally.recent.get(id) !== undefined)) {
    // The venue greets with trades of before: as good as an answer.
    join(joiner, { number: 0, trades, arrival }, 'stream', now);
    return release(joiner);
  }
  if (joiner.overlap !== undefined && !limits.repairable) {
    giveUp(joiner, trades[0], 'the venue gives no older trades');
    release(joiner);
  }
  // The first that comes has to be met while REST's newest page still goes back to what was joined.
  if (joiner.overlap?.joined === true && joiner.overlap.held.length === 0) requests.progressed();
  for (const trade of trades) {
    const arrived = { trade, arrival, way: 'stream' } as const;
    if (joiner.overlap === undefined) take(joiner, arrived);
    else if (isKnown(joiner, trade)) tally.again(trade);
    else if (joiner.overlap.held.length < limits.maxWaiting) joiner.overlap.held.push(arrived);
    else sinks.onEvent({ what: 'overflowed', kept: limits.maxWaiting });
  }
}

/** Trades of after a reconnect: they go before what the stream gave, or in between. */
function join(
  joiner: Overlapping,
  { trades, arrival, coarse }: RepairAnswer,
  way: 'repair' | 'stream',
  now: number,
): void {
  const { overlap, tally, requests, kind } = joiner;
  if (overlap === undefined || trades.length === 0) return requests.postpone(now);
  const known = trades.findLastIndex((trade) => isKnown(joiner, trade));
  if (known < 0) {
    const given = new Set(trades.map(({ id }) => id));
    const older = overlap.held.slice(0, overlap.before).filter(({ trade }) => !given.has(trade.id));
    giveUp(joiner, older[0]?.trade, NO_REACH);
    for (const arrived of older) take(joiner, arrived);
    // The answer may begin behind what the stream began with: then that comes before it, and the hole before both.
    const ahead = aheadOf(trades[0], overlap.held.slice(overlap.before), kind);
    giveUp(joiner, ahead[0]?.trade ?? trades[0], NO_REACH);
    for (const arrived of ahead) take(joiner, arrived);
  }
  overlap.joined = true;
  const before = tally.handed;
  // What the answer has of before the first that was heard is of before it all.
  const from =
    kind === 'unique'
      ? Math.max(
          0,
          trades.findIndex(({ id }) => id === tally.recent.oldest),
        )
      : 0;
  for (const trade of trades.slice(from, known + 1)) take(joiner, { trade, arrival, way }, coarse);
  const behind = trades.slice(known + 1).map((trade): Arrived => ({ trade, arrival, way }));
  for (const arrived of merged(behind, overlap.held, kind)) take(joiner, arrived, coarse);
  if (tally.handed > before) requests.progressed();
  else requests.postpone(now);
}

/** What one connection gave before `first`. */
function aheadOf(first: Trade, held: readonly Arrived[], kind: 'rising' | 'unique'): readonly Arrived[] {
  if (kind === 'rising') return held.filter(({ trade }) => isBelow(trade.id, first.id)).toSorted(byId);
  const at = held.findIndex(({ trade }) => trade.id === first.id);
  return held.slice(0, Math.max(0, at));
}

function overlapped(joiner: Overlapping, answer: RepairAnswer, now: number): void {
  const current = new Set(joiner.overlap?.held.slice(joiner.overlap.before).map(({ trade }) => trade.id));
  join(joiner, answer, 'repair', now);
  if (answer.trades.some(({ id }) => current.has(id))) release(joiner);
}

/** New trades with those that the stream gave before the newest of them; the stream's own copy has the finer time. */
function merged(trades: readonly Arrived[], held: readonly Arrived[], kind: 'rising' | 'unique'): readonly Arrived[] {
  const streamedById = new Map(held.map((arrived) => [arrived.trade.id, arrived]));
  const both = trades.map((arrived) => streamedById.get(arrived.trade.id) ?? arrived);
  if (kind === 'unique') return both;
  const newest = trades.at(-1)?.trade.id;
  const given = new Set(trades.map(({ trade }) => trade.id));
  const between = held.filter(({ trade }) => isBelow(trade.id, newest) && !given.has(trade.id));
  return [...both, ...between].toSorted(byId);
}

function audited({ audit, tally, sinks, requests }: Overlapping, answer: RepairAnswer, now: number): void {
  const missed = audit.judge(answer, now);
  if (answer.trades.length === 0) requests.postpone(now);
  if (missed.length === 0 || tally.last === undefined) return;
  const span = { from: missed[0].time, to: Math.max(tally.last.time, missed[missed.length - 1].time) };
  sinks.onEvent({ what: 'missed', trades: missed.length, ...span });
  tally.hole({ kind: 'open', ...span, why: `REST has ${missed.length} trades that the stream never gave` });
}

function probed(joiner: Overlapping, { trades, arrival, coarse }: RepairAnswer): void {
  const { tally, sinks } = joiner;
  const [before, handed] = [tally.last, tally.handed];
  joiner.probing = false;
  if (!trades.some((trade) => isKnown(joiner, trade))) giveUp(joiner, trades[0], NO_REACH);
  for (const trade of trades) take(joiner, { trade, arrival, way: 'repair' }, coarse);
  if (tally.handed === handed) return;
  sinks.onEvent({ what: 'behind', last: Number(before?.id), newest: Number(tally.last?.id) });
}

function ask({ kind, tally, limits, requests, overlap, probing, audit }: Overlapping, now: number): void {
  const { last } = tally;
  if (last === undefined || !limits.repairable) return;
  const after = kind === 'rising' ? last : undefined;
  if (overlap !== undefined) requests.ask({ reason: 'overlap', after }, now);
  else if (probing) requests.ask({ reason: 'probe', after }, now);
  else audit.ask(requests, now);
}

function wake(joiner: Overlapping, now: number): void {
  const { overlap, limits } = joiner;
  if (overlap !== undefined && limits.repairable && now >= overlap.since + limits.holeDeadline) {
    const first = overlap.held.at(0)?.trade;
    // Nothing was asked and nothing came: what lies between is not known before the first trade.
    if (first === undefined && !overlap.joined) overlap.since = now;
    else {
      giveUp(joiner, first, `REST met the stream nowhere in ${limits.holeDeadline} ms`);
      release(joiner);
    }
  }
  ask(joiner, now);
}

function due({ tally, limits, overlap, requests, probing, audit }: Overlapping): number {
  if (!limits.repairable || tally.last === undefined) return Infinity;
  if (overlap !== undefined) return Math.min(overlap.since + limits.holeDeadline, requests.due);
  return probing ? requests.due : Math.max(audit.due, requests.due);
}
