/**
 * What a session received against what the venue says was traded: missed, duplicated, reordered, revised and unknown
 * trades. By id; where one side has none, by time, price, quantity and side, and a revised trade is then a missed and an unknown one.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import type { SingleEvent } from 'minotaur-core/internal/live/record';
import { appendTrade, createTradeBlock, TRADE_VALUES, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { hasId, idText } from 'minotaur-core/internal/trades/id';
import { holesIn, type VenueHole, type VenueTrades } from './shadow-holes.ts';
import { spanOf, type Received, type ReceivedLane, type Step } from './shadow-received.ts';

/** What may be wrong with a trade. `unknown`: the venue does not have it. */
export const CLASSES = ['missed', 'duplicated', 'reordered', 'revised', 'unknown'] as const;
type DataClass = (typeof CLASSES)[number];

/** One trade that is not as the venue has it. */
interface DataExample {
  /** Whose it is. */
  readonly instrument: string;
  /** As text; `none` where there is none. */
  readonly id: string;
  readonly time: number;
  /** Ordinal among the trades that its session received; of a missed trade, of the one that followed in its place. */
  readonly trade: number;
  /** What was revised: the venue's value and the received one. */
  readonly fields?: readonly { readonly field: string; readonly expected: number; readonly found: number }[];
}

export interface DataFindings {
  /** Whose trades were compared. */
  readonly instruments: readonly string[];
  readonly received: number;
  readonly official: number;
  readonly counts: Record<DataClass, number>;
  /** Trades that the sessions lack within holes that their feeds declared: no difference, since every row says so. */
  readonly declared: number;
  /** Trades that the sessions refused and did not use. */
  readonly refused: number;
  /** Runs of trades that the venue has and a session never had. */
  readonly holes: readonly VenueHole[];
  /** Revised trades, by field. */
  readonly revisedFields: Record<string, number>;
  /** The first few of each, of every instrument. */
  readonly examples: Record<DataClass, DataExample[]>;
}

/** A session with the venue's trades in the places of those that it received. */
export interface Matched {
  readonly received: Received;
  /** In the order of the session: trades of the venue, and what came beside them. */
  readonly steps: readonly Step[];
  /** What the venue has and the session never had. */
  readonly holes: readonly VenueHole[];
  /** Of each instrument, which of the venue's trades belong to it. */
  readonly ranges: readonly Range[];
}

type Range = readonly [from: number, to: number];

const EXAMPLES = 3;

type Add = (name: DataClass, example: DataExample) => void;
type Find = (trades: TradeBlock, i: number) => number;

/** Compares every session with the trades of the venues, those of each instrument in the order of the plan. */
export function classifyTrades(
  sessions: readonly Received[],
  official: readonly VenueTrades[],
): { findings: DataFindings; matched: Matched[] } {
  const finders = official.map(({ trades }, lane) =>
    indexOf(
      trades,
      sessions.map(({ lanes }) => lanes[lane]),
    ),
  );
  const counts = Object.fromEntries(CLASSES.map((name) => [name, 0])) as Record<DataClass, number>;
  const examples = Object.fromEntries(CLASSES.map((name) => [name, []])) as unknown as Record<DataClass, DataExample[]>;
  const revisedFields: Record<string, number> = {};
  const add: Add = (name, example) => {
    counts[name]++;
    const known = examples[name].filter(({ instrument }) => instrument === example.instrument);
    if (known.length < EXAMPLES) examples[name].push(example);
    for (const { field } of name === 'revised' ? (example.fields ?? []) : [])
      revisedFields[field] = (revisedFields[field] ?? 0) + 1;
  };
  const matched: Matched[] = [];
  for (const received of sessions) {
    const lanes = official.map((venue, lane) => createMatching(received.lanes[lane], venue, finders[lane](), add));
    matched.push(matchSession(received, lanes, matched.at(-1), add));
  }
  const lanes = sessions.flatMap((session) => session.lanes);
  const holes = matched.flatMap((one) => one.holes);
  const sums = {
    instruments: official.map(({ instrument }) => instrument),
    received: lanes.reduce((sum, { trades }) => sum + trades.length, 0),
    official: matched.flatMap(({ ranges }) => ranges).reduce((sum, [from, to]) => sum + to - from, 0),
    counts,
    declared: holes.reduce((sum, { known, missing }) => sum + (known === 'declared' ? missing : 0), 0),
    refused: lanes.reduce((sum, { refused }) => sum + refused.length, 0),
    holes,
  };
  return { findings: { ...sums, revisedFields, examples }, matched };
}

/** The trades of an instrument while they are looked for among the venue's. */
interface Matching {
  readonly lane: ReceivedLane;
  readonly venue: VenueTrades;
  readonly find: Find;
  /** The trade that came for each official one, from 1; 0 where none did. */
  readonly came: Float64Array;
  /** Of the official trades that came, the oldest and the newest. */
  oldest: number;
  newest: number;
  /** Behind the official trades that have their places. */
  reached: number;
  /** Looks for a received trade. */
  take(i: number): void;
}

function createMatching(lane: ReceivedLane, venue: VenueTrades, find: Find, add: Add): Matching {
  const { instrument, trades: official } = venue;
  const { trades } = lane;
  const came = new Float64Array(official.length);
  const matching: Matching = {
    lane,
    venue,
    find,
    came,
    oldest: official.length,
    newest: -1,
    reached: 0,
    take(i) {
      const example = { instrument, id: idText(trades.id, i), time: trades.time[i], trade: i };
      const at = find(trades, i);
      if (at < 0) return add('unknown', example);
      if (came[at] > 0) return add('duplicated', example);
      came[at] = i + 1;
      const fields = revisions(official, at, trades, i);
      if (fields.length > 0) add('revised', { ...example, fields });
      if (at < matching.newest) add('reordered', example);
      matching.newest = Math.max(matching.newest, at);
      matching.oldest = Math.min(matching.oldest, at);
    },
  };
  return matching;
}

function matchSession(
  received: Received,
  matchings: readonly Matching[],
  before: Matched | undefined,
  add: Add,
): Matched {
  const steps: Step[] = [];
  const place = (lane: number, to: number): void => {
    const matching = matchings[lane];
    if (to <= matching.reached) return;
    steps.push({ lane, from: matching.reached, to });
    matching.reached = to;
  };
  for (const step of received.steps) {
    const matching = matchings[step.lane];
    if ('event' in step) {
      place(step.lane, placeOther(step.event, matching.newest, matching.venue.trades));
      steps.push(step);
    } else {
      for (let i = step.from; i < step.to; i++) matching.take(i);
      place(step.lane, matching.newest + 1);
    }
  }
  // A session that goes on from a state has to have what came since the one before ended.
  const goesOn = received.state !== undefined && before !== undefined;
  const ranges = matchings.map((matching, lane) =>
    rangeOf(matching, received, goesOn ? before.ranges[lane][1] : Infinity),
  );
  const holes = matchings.flatMap((matching, lane) => {
    acceptRefused(matching);
    return holesIn(matching.venue, matching.came, ranges[lane], received, lane);
  });
  for (const { known, official: first, missing, trade, lane, instrument } of holes) {
    const { id, time } = matchings[lane].venue.trades;
    if (known === 'declared') continue;
    for (let at = first; at < first + missing; at++)
      add('missed', { instrument, id: idText(id, at), time: time[at], trade });
  }
  return { received, steps: steps.flatMap((step) => within(step, ranges)), holes, ranges };
}

/** Which of the venue's trades a session has to have: between its first and its last, or, of a silent feed, in its time. */
function rangeOf({ oldest, newest, venue }: Matching, received: Received, least: number): Range {
  const from = Math.min(oldest, least);
  if (newest >= 0 || received.lanes.length === 1) return [from, Math.max(from, newest + 1)];
  const { time, length } = venue.trades;
  const { first, last } = spanOf([received]);
  const behind = (micros: number, at = 0): number => {
    while (at < length && time[at] < micros) at++;
    return at;
  };
  const begin = Math.min(behind(first), least);
  return [begin, Math.max(begin, behind(last, begin))];
}

/** What of a step is within the range of its instrument. */
function within(step: Step, ranges: readonly Range[]): Step[] {
  if ('event' in step) return [step];
  const { lane } = step;
  const [least, most] = ranges[lane];
  const cut = { lane, from: Math.max(step.from, least), to: Math.min(step.to, most) };
  return cut.from < cut.to ? [cut] : [];
}

/** The official trade before which a bar or watermark stands that came when `newest` was the newest trade. */
function placeOther(event: SingleEvent, newest: number, official: TradeBlock): number {
  const time = timeOf(event);
  let at = newest + 1;
  while (at < official.length && official.time[at] < time) at++;
  return at;
}

/** A trade that came and was refused is not missed. */
function acceptRefused({ lane, find, came }: Matching): void {
  const one = createTradeBlock(1);
  for (const { at, trade } of lane.refused) {
    one.length = 0;
    appendTrade(one, trade);
    const official = find(one, 0);
    if (official >= 0 && came[official] === 0) came[official] = at + 1;
  }
}

/** When an event has to come at the earliest; NaN of a series, which counts from when it came. */
function timeOf(event: SingleEvent): number {
  if (event.kind === 'series') return NaN;
  if (event.kind === 'advance' || event.kind === 'release') return event.time;
  return event.kind === 'hole' ? event.hole.to : (event.bar.available_at ?? event.bar.close_time);
}

/** Fields by which a received trade is not the venue's. */
function revisions(
  official: TradeBlock,
  at: number,
  trades: TradeBlock,
  i: number,
): NonNullable<DataExample['fields']> {
  const fields = [];
  for (const field of TRADE_VALUES) {
    const [expected, found] = [official[field][at], trades[field][i]];
    if (!sameBits(expected, found)) fields.push({ field, expected, found });
  }
  return fields;
}

/** Makes finders of a received trade among the official ones; each finder begins anew, -1 says that there is none. */
function indexOf(official: TradeBlock, sessions: readonly ReceivedLane[]): () => Find {
  const named = ({ id, length }: TradeBlock): boolean => {
    for (let i = 0; i < length; i++) if (!hasId(id, i)) return false;
    return true;
  };
  if (named(official) && sessions.every(({ trades }) => named(trades))) {
    const byId = new Map<string, number>();
    for (let i = official.length - 1; i >= 0; i--) byId.set(idText(official.id, i), i);
    return () => (trades, i) => byId.get(idText(trades.id, i)) ?? -1;
  }
  const keyOf = ({ time, price, quantity, side }: TradeBlock, i: number): string =>
    `${time[i]} ${price[i]} ${quantity[i]} ${side[i]}`;
  const byValues = new Map<string, number[]>();
  for (let i = 0; i < official.length; i++) {
    const key = keyOf(official, i);
    const known = byValues.get(key);
    if (known) known.push(i);
    else byValues.set(key, [i]);
  }
  return () => {
    const taken = new Map<string, number>();
    return (trades, i) => {
      const key = keyOf(trades, i);
      const known = byValues.get(key);
      if (known === undefined) return -1;
      const n = taken.get(key) ?? 0;
      taken.set(key, n + 1);
      // More of them than the venue has: the last one came again.
      return known[Math.min(n, known.length - 1)];
    };
  };
}
