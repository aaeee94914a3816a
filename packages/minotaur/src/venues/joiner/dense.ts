/** Where each id follows the one before: a hole is seen at the first trade behind it, and what fills it is asked for by id. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import {
  JOINER_DEFAULTS,
  type Arrived,
  type Joiner,
  type JoinerOptions,
  type JoinerSinks,
  type RepairAnswer,
  type RepairRequest,
} from './contract.ts';
import { createRequests, type Requests } from './requests.ts';
import { createSuspicion, type Suspicion } from './suspicion.ts';
import { createTally, type Tally } from './tally.ts';
import { createWaiting, type Waiting } from './waiting.ts';

/** Trades that are remembered to be compared with what comes again. */
const COMPARED = 1000;

/** A hole that is waited for. */
interface OpenHole {
  /** When it was seen, or last made smaller. */
  since: number;
  readonly seen: number;
  readonly first: number;
  /** Trades that REST gave to fill it. */
  filled: number;
  /** The jump that REST showed once: a second time it is official. */
  shown: string;
  /** Whether more wait than may. */
  overflowing: boolean;
}

/** All that a joiner of dense ids knows. */
interface Dense {
  readonly sinks: JoinerSinks;
  readonly limits: Required<JoinerOptions>;
  readonly tally: Tally;
  readonly requests: Requests;
  readonly waiting: Waiting;
  readonly suspicion: Suspicion;
  /** Ids behind the last that no trade of history has. */
  readonly leftOut: Set<number>;
  hole: OpenHole | undefined;
  /** Whether REST is asked for what is newer than the last. */
  probing: boolean;
}

const idOf = (trade: Trade): number => Number(trade.id);
const lastId = ({ tally }: Dense): number => (tally.last === undefined ? NaN : Number(tally.last.id));

/** A joiner of dense ids. */
export function createDenseJoiner(sinks: JoinerSinks, options: JoinerOptions = {}): Joiner {
  const limits = { ...JOINER_DEFAULTS, ...options };
  const tally = createTally(sinks, COMPARED);
  const requests = createRequests(sinks.onRequest);
  const [waiting, suspicion] = [createWaiting(), createSuspicion(sinks)];
  const leftOut = new Set<number>();
  const parts = { sinks, limits, tally, requests, waiting, suspicion, leftOut };
  const joiner: Dense = { ...parts, hole: undefined, probing: false };
  return {
    stream(trades, arrival, now) {
      for (const trade of ascending(trades)) streamed(joiner, { trade, arrival, way: 'stream' });
      settle(joiner, now);
      wake(joiner, now);
    },
    leftOut(id, now) {
      if (!(id > lastId(joiner))) return;
      leftOut.add(id);
      settle(joiner, now);
      wake(joiner, now);
    },
    answer(answer, now) {
      const request = requests.close(answer.number);
      if (request === undefined) return;
      if (request.reason === 'restart') restart(joiner, answer, now);
      else fill(joiner, request, answer, now);
      wake(joiner, now);
    },
    failed(number, now, retryAfter) {
      if (requests.close(number) === undefined) return;
      requests.postpone(now, retryAfter);
      wake(joiner, now);
    },
    connected: () => {},
    probe(now) {
      joiner.probing = true;
      ask(joiner, now);
    },
    wake: (now) => wake(joiner, now),
    due: () => due(joiner),
    seed(trades) {
      tally.seed(trades);
      waiting.dropTo(lastId(joiner));
      if (waiting.length === 0) close(joiner);
    },
    last: () => tally.last,
    joining: () => joiner.hole !== undefined,
    counts: () => tally.counts(requests.count, waiting.length),
  };
}

/** Venues that put several trades into a frame do not all put the oldest first. */
function ascending(trades: readonly Trade[]): readonly Trade[] {
  const inOrder = trades.every((trade, i) => i === 0 || idOf(trades[i - 1]) <= idOf(trade));
  return inOrder ? trades : trades.toSorted((a, b) => idOf(a) - idOf(b));
}

function streamed(joiner: Dense, arrived: Arrived): void {
  const { tally, suspicion } = joiner;
  const id = idOf(arrived.trade);
  const last = lastId(joiner);
  if (id === last + 1 || last !== last) {
    suspicion.clear();
    tally.hand(arrived);
  } else if (id > last) wait(joiner, arrived);
  else if (tally.recent.get(id) !== undefined || !suspicion.add(arrived, tally.last)) tally.again(arrived.trade);
}

function wait({ waiting, limits, tally, hole, sinks }: Dense, arrived: Arrived): void {
  if (!waiting.add(arrived)) tally.again(arrived.trade);
  if (waiting.length <= limits.maxWaiting) return;
  // REST gives it again: the hole has only become larger.
  waiting.shift();
  if (hole === undefined || hole.overflowing) return;
  hole.overflowing = true;
  sinks.onEvent({ what: 'overflowed', kept: limits.maxWaiting });
}

/** Goes on over ids that no trade of history has. */
function passLeftOut(joiner: Dense): void {
  const { leftOut, tally } = joiner;
  while (tally.last !== undefined && leftOut.delete(lastId(joiner) + 1))
    tally.last = { id: lastId(joiner) + 1, time: tally.last.time };
  // Those before the last were passed otherwise.
  if (leftOut.size > COMPARED) for (const id of leftOut) if (id <= lastId(joiner)) leftOut.delete(id);
}

/** Hands over what waits no longer; what REST gave meanwhile came twice. */
function drain(joiner: Dense): void {
  const { waiting, tally } = joiner;
  for (passLeftOut(joiner); waiting.first <= lastId(joiner) + 1; passLeftOut(joiner)) {
    const next = waiting.shift();
    if (next === undefined) return;
    if (idOf(next.trade) <= lastId(joiner)) tally.again(next.trade);
    else tally.hand(next);
  }
}

/** What was waited for is there, whoever gave it. */
function close(joiner: Dense): void {
  const { hole, sinks } = joiner;
  if (hole === undefined) return;
  joiner.hole = undefined;
  const { first, filled } = hole;
  const last = lastId(joiner);
  sinks.onEvent(filled > 0 ? { what: 'repaired', first, last, trades: filled } : { what: 'came', first, last });
}

/** Opens or closes the hole, by what waits. */
function settle(joiner: Dense, now: number): void {
  drain(joiner);
  const { waiting, hole, sinks } = joiner;
  if (waiting.length === 0) close(joiner);
  else if (hole === undefined) {
    const first = lastId(joiner) + 1;
    joiner.hole = { since: now, seen: now, first, filled: 0, shown: '', overflowing: false };
    sinks.onEvent({ what: 'waiting', first, next: waiting.first });
  }
}

/** Goes on behind a hole. */
function skip(joiner: Dense, kind: 'official' | 'open', why: string, now: number): void {
  const { tally, requests } = joiner;
  const next = joiner.waiting.peek();
  const before = tally.last;
  if (next === undefined || before === undefined) return close(joiner);
  const ids = [Number(before.id) + 1, idOf(next.trade) - 1] as const;
  tally.hole({ kind, from: Math.min(before.time, next.trade.time), to: next.trade.time, ids, why });
  tally.last = { id: ids[1], time: before.time };
  joiner.hole = undefined;
  requests.progressed();
  settle(joiner, now);
}

/** Takes what REST gave: what follows at once is handed over, the rest waits. */
function take({ tally, waiting, ...joiner }: Dense, { trades, arrival, coarse }: RepairAnswer): number {
  const before = tally.handed;
  for (const trade of trades) {
    const id = idOf(trade);
    const last = lastId({ tally, waiting, ...joiner });
    const arrived = { trade, arrival, way: 'repair' } as const;
    if (id <= last) tally.again(trade, coarse);
    else if (id === last + 1) tally.hand(arrived);
    else if (!waiting.add(arrived)) tally.again(trade, coarse);
  }
  return tally.handed - before;
}

function fill(joiner: Dense, request: RepairRequest, answer: RepairAnswer, now: number): void {
  const { tally, requests, sinks, waiting } = joiner;
  const before = tally.handed;
  const newest = Number(answer.trades.at(-1)?.id);
  const filled = take(joiner, answer);
  drain(joiner);
  const progressed = tally.handed > before;
  if (request.reason === 'probe') {
    joiner.probing = newest > Number(request.after?.id);
    if (progressed) sinks.onEvent({ what: 'behind', last: Number(request.after?.id), newest });
  }
  if (progressed) requests.progressed();
  else requests.postpone(now);
  if (joiner.hole !== undefined) {
    joiner.hole.filled += filled;
    if (progressed) joiner.hole.since = now;
  }
  settle(joiner, now);
  const { hole } = joiner;
  if (hole === undefined || !(newest > lastId(joiner) + 1)) return;
  // The answer has later trades, and not these.
  const jump = `${lastId(joiner)}:${waiting.first}`;
  if (hole.shown === jump) return skip(joiner, 'official', 'REST gave what follows and not these, twice', now);
  hole.shown = jump;
  requests.postpone(now);
}

/** The counter began anew where REST has the suspects too; what it has otherwise under their ids is what they claim to be. */
function restart(joiner: Dense, { trades }: RepairAnswer, now: number): void {
  const { suspicion, requests, tally, sinks } = joiner;
  const verdict = suspicion.judge(trades);
  if (verdict === 'unknown') return requests.postpone(now);
  requests.progressed();
  const began = suspicion.clear();
  if (verdict === 'denied') return;
  const first = idOf(began[0].trade);
  // Nobody gives what the old counter has before those that wait.
  while (joiner.hole !== undefined) skip(joiner, 'open', 'the counter began anew', now);
  sinks.onEvent({ what: 'restarted', last: lastId(joiner), id: first });
  tally.last = { id: first - 1, time: tally.last?.time ?? began[0].trade.time };
  for (const arrived of began) wait(joiner, arrived);
  settle(joiner, now);
}

function ask({ tally, limits, requests, suspicion, hole, waiting, probing }: Dense, now: number): void {
  const { last } = tally;
  if (last === undefined || !limits.repairable) return;
  if (suspicion.first !== undefined)
    requests.ask({ reason: 'restart', after: { id: suspicion.first - 1, time: last.time } }, now);
  if (hole !== undefined && now >= hole.seen + limits.swapWait)
    requests.ask({ reason: 'hole', after: last, before: waiting.first }, now);
  else if (probing) requests.ask({ reason: 'probe', after: last }, now);
}

function wake(joiner: Dense, now: number): void {
  const { hole, limits } = joiner;
  const { repairable, holeDeadline, swapWait } = limits;
  const why = repairable ? `nothing filled it for ${holeDeadline} ms` : 'the venue gives no older trades';
  if (hole !== undefined && now >= hole.since + (repairable ? holeDeadline : swapWait)) skip(joiner, 'open', why, now);
  ask(joiner, now);
}

function due({ hole, limits, requests, probing, suspicion, tally }: Dense): number {
  const { repairable, holeDeadline, swapWait } = limits;
  if (!repairable) return hole === undefined ? Infinity : hole.since + swapWait;
  const asking = (probing && tally.last !== undefined) || suspicion.first !== undefined ? requests.due : Infinity;
  if (hole === undefined) return asking;
  return Math.min(asking, hole.since + holeDeadline, Math.max(hole.seen + swapWait, requests.due));
}
