/**
 * What a session received against what the venue says was traded: missed, duplicated, reordered, revised and unknown
 * trades. By id; where one side has none, by time, price, quantity and side, and a revised trade is then a missed and an unknown one.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import type { SingleEvent } from 'minotaur-core/internal/live/record';
import { appendTrade, createTradeBlock, TRADE_VALUES, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { hasId, idText } from 'minotaur-core/internal/trades/id';
import { holesIn, type VenueHole } from './shadow-holes.ts';
import type { Received } from './shadow-received.ts';

/** What may be wrong with a trade. `unknown`: the venue does not have it. */
export const CLASSES = ['missed', 'duplicated', 'reordered', 'revised', 'unknown'] as const;
type DataClass = (typeof CLASSES)[number];

/** One trade that is not as the venue has it. */
interface DataExample {
  /** As text; `none` where there is none. */
  readonly id: string;
  readonly time: number;
  /** Ordinal among the trades that its session received; of a missed trade, of the one that followed in its place. */
  readonly trade: number;
  /** What was revised: the venue's value and the received one. */
  readonly fields?: readonly { readonly field: string; readonly expected: number; readonly found: number }[];
}

export interface DataFindings {
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
  /** The first few of each. */
  readonly examples: Record<DataClass, DataExample[]>;
}

/** Trades of the venue that belong to a session, and where its bars and watermarks stand among them. */
export interface Matched {
  readonly received: Received;
  readonly from: number;
  readonly to: number;
  /** One per bar, hole or watermark: the official trade that it comes before. */
  readonly others: readonly number[];
  /** What the venue has and the session never had. */
  readonly holes: readonly VenueHole[];
}

const EXAMPLES = 3;

/** Compares every session with the venue's trades, which are in the venue's order. */
export function classifyTrades(
  sessions: readonly Received[],
  official: TradeBlock,
): { findings: DataFindings; matched: Matched[] } {
  const find = indexOf(official, sessions);
  const counts = Object.fromEntries(CLASSES.map((name) => [name, 0])) as Record<DataClass, number>;
  const examples = Object.fromEntries(CLASSES.map((name) => [name, []])) as unknown as Record<DataClass, DataExample[]>;
  const revisedFields: Record<string, number> = {};
  const add = (name: DataClass, example: DataExample): void => {
    counts[name]++;
    if (examples[name].length < EXAMPLES) examples[name].push(example);
    for (const { field } of name === 'revised' ? (example.fields ?? []) : [])
      revisedFields[field] = (revisedFields[field] ?? 0) + 1;
  };
  const matched: Matched[] = [];
  for (const received of sessions) matched.push(matchSession(received, official, find(), matched.at(-1), add));
  const total = sessions.reduce((sum, { trades }) => sum + trades.length, 0);
  const compared = matched.reduce((sum, { from, to }) => sum + to - from, 0);
  const holes = matched.flatMap((one) => one.holes);
  const declared = holes.reduce((sum, { known, missing }) => sum + (known === 'declared' ? missing : 0), 0);
  const refused = sessions.reduce((sum, one) => sum + one.refused.length, 0);
  const sums = { received: total, official: compared, counts, declared, refused, holes };
  return { findings: { ...sums, revisedFields, examples }, matched };
}

function matchSession(
  received: Received,
  official: TradeBlock,
  find: (trades: TradeBlock, i: number) => number,
  before: Matched | undefined,
  add: (name: DataClass, example: DataExample) => void,
): Matched {
  const { trades, others } = received;
  /** The trade that came for each official one, from 1; 0 where none did. */
  const came = new Float64Array(official.length);
  const placed: number[] = [];
  let [from, newest] = [official.length, -1];
  for (let i = 0; i <= trades.length; i++) {
    while (placed.length < others.length && others[placed.length].at <= i) {
      placed.push(placeOther(others[placed.length].event, newest, official));
    }
    if (i === trades.length) break;
    const example = { id: idText(trades.id, i), time: trades.time[i], trade: i };
    const at = find(trades, i);
    if (at < 0) add('unknown', example);
    else if (came[at] > 0) add('duplicated', example);
    else {
      came[at] = i + 1;
      const fields = revisions(official, at, trades, i);
      if (fields.length > 0) add('revised', { ...example, fields });
      if (at < newest) add('reordered', example);
      newest = Math.max(newest, at);
      from = Math.min(from, at);
    }
  }
  acceptRefused(received, find, came);
  // A session that goes on from a state has to have what came since the one before ended.
  if (received.state !== undefined && before !== undefined) from = Math.min(from, before.to);
  const to = Math.max(from, newest + 1);
  const holes = holesIn(official, came, from, to, received);
  for (const hole of holes) {
    if (hole.known === 'declared') continue;
    for (let at = hole.official; at < hole.official + hole.missing; at++)
      add('missed', { id: idText(official.id, at), time: official.time[at], trade: hole.trade });
  }
  return { received, from, to, others: placed.map((at) => Math.min(at, to)), holes };
}

/** The official trade before which a bar or watermark stands that came when `newest` was the newest trade. */
function placeOther(event: SingleEvent, newest: number, official: TradeBlock): number {
  const time = timeOf(event);
  let at = newest + 1;
  while (at < official.length && official.time[at] < time) at++;
  return at;
}

/** A trade that came and was refused is not missed. */
function acceptRefused(
  { refused }: Received,
  find: (trades: TradeBlock, i: number) => number,
  came: Float64Array,
): void {
  const one = createTradeBlock(1);
  for (const { at, trade } of refused) {
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
function indexOf(official: TradeBlock, sessions: readonly Received[]): () => (trades: TradeBlock, i: number) => number {
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
