/**
 * Nothing is lost, nothing is counted twice, and nothing is stamped early.
 *
 * A violation: the volume of the bars is not the volume of the trades, or a bar says that it was known before its last trade
 * came. Usual causes: the closing trade in both bars or in none, a trade dropped where a file ends, a ratio averaged instead of
 * made of its sums; an ordinal that counts the trades of another instrument too.
 *
 * Compared: every bar is made anew, by plain loops that share nothing with the chain, from the trades between its closing event
 * and the one before, or within its interval; every bar of bars from its parts. Prices, counts and times have to be equal, sums
 * and the ratios made of them to a relative 1e-9.
 *
 * Not found: where a threshold bar has to close (golden bars are for that); columns of a bar that users declare, and given bars,
 * whose trades nobody has.
 */
import { availableAtOf, type GivenBar } from 'minotaur-core/internal/bars/given';
import type { ClockSource } from 'minotaur-core/internal/chain/clock-source';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Notice } from 'minotaur-core/internal/trades/intake';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { createAccept, type Accept, type AcceptedTrade } from './accepted.ts';
import { boundariesOf, type Boundaries } from './boundaries.ts';
import { eraOf, eraOfBar } from './eras.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import { pushInTurn, pushTurn } from '../harness/turns.ts';
import { result, type Check } from '../harness/check.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Table } from '../harness/table.ts';
import {
  addTrade,
  barsOf,
  firstUnlike,
  fromParts,
  fromTrades,
  openBar,
  type Bar,
  type Open,
  type Remade,
} from './remake.ts';
import { traceEngine } from '../harness/trace.ts';

/** What one clock still has to account for. */
interface Ledger {
  readonly source: ClockSource;
  /** Its index in the plan. */
  readonly clock: number;
  /** Of the plan: whose trades its bars are made of. */
  readonly instrument: number;
  readonly name: string;
  /** Where time ends its bars; undefined where it does not. */
  readonly ends: Boundaries | undefined;
  /** Trades that no bar has taken yet, and the ordinal of the next that is to come. */
  open: Open;
  next: number;
  /** Resets of the instrument so far: each begins everything anew. */
  era: number;
  /** Bars of the parent that no bar has taken yet. */
  parts: Bar[];
  /** Bars seen so far, and the close of the last. */
  bars: number;
  close: number;
}

/** Bars hold every trade once: sums, counts, prices and times add up. */
export const conservation: Check = {
  name: 'conservation',
  law: 'bars hold every trade once: prices, counts, sums and times add up, bars of bars to their parts',
  async run(context) {
    let notices: Notice[] = [];
    const { historical } = sidesOf(context);
    const traced = traceEngine((sinks) => historical({ ...sinks, onNotice: (notice) => notices.push(notice) }));
    const { plan } = traced.engine;
    const ledgers = plan.clocks.map(({ name, source, instrument }, clock): Ledger => {
      const ends = boundariesOf(context.plan, name);
      const fresh = { open: openBar(), next: 0, era: 0, parts: [], bars: 0, close: NaN };
      return { source, clock, instrument, name, ends, ...fresh };
    });
    const compared = { events: 0, trades: 0, bars: 0, values: 0 };
    const takers = plan.instruments.map((instrument): Taker => {
      return { instrument, accept: createAccept(plan, instrument), accepted: [] };
    });
    // Notices name rows of the blocks as the engine is given them, so each is handed in whole.
    const noticesOf = (push: () => void): readonly Notice[] => {
      notices = [];
      push();
      return notices;
    };
    for await (const stretch of context.open()) {
      traced.clear();
      for (const taker of takers) taker.accepted = [];
      takeStretch(stretch, traced.engine, takers, noticesOf);
      compared.events += stretch.length;
      compared.trades += takers.reduce((sum, { accepted }) => sum + accepted.filter(isTrade).length, 0);
      context.onProgress?.(stretch.length);
      for (const ledger of ledgers) {
        // Rows of a series are made elsewhere.
        if (ledger.source.type === 'series') continue;
        const { accepted } = takers[ledger.instrument];
        const message = settle(plan, ledger, traced.trace.bars, accepted, compared);
        if (message !== undefined) return result(this, compared, { message });
      }
    }
    return result(this, compared, null);
  },
};

/** A given bar among the trades of its instrument: an event as they are, of which no other bar is made. */
interface TakenBar {
  readonly time: number;
  readonly era: number;
}

/** What events of an instrument are numbered by. */
type Accepted = AcceptedTrade | TakenBar;

const isTrade = (one: Accepted): one is AcceptedTrade => 'price' in one;

/** What of the events of one instrument was accepted. */
interface Taker {
  readonly instrument: Instrument;
  readonly accept: Accept;
  /** In the stretch at hand. */
  accepted: Accepted[];
}

function takeStretch(
  stretch: Stretch,
  engine: Engine,
  takers: readonly Taker[],
  noticesOf: (push: () => void) => readonly Notice[],
): void {
  const { trades, turns, length } = stretch;
  if (turns === undefined) {
    const notices = noticesOf(() => stretch.push(engine, 0, length));
    if (trades !== undefined) takers[0].accepted.push(...takers[0].accept.trades(trades, notices));
    return;
  }
  for (const turn of turns.list) {
    if (turn.kind === 'series') {
      pushTurn(engine, turn, HISTORY);
      continue;
    }
    const taker = takers.find(({ instrument }) => instrument.name === turn.instrument) as Taker;
    if (turn.kind === 'bars') {
      for (let i = 0; i < turn.bars.length; i++)
        takeBar(
          taker,
          turn.bars[i],
          noticesOf(() => pushInTurn(engine, turn, i, HISTORY)),
        );
      continue;
    }
    const { accept, accepted } = taker;
    const notices = noticesOf(() => pushTurn(engine, turn, HISTORY));
    if (turn.kind === 'trades') accepted.push(...accept.trades(turn.block, notices));
    else if (turn.kind === 'advance') accepted.push(...accept.advance(turn.time));
  }
}

/** A bar that is used lets the trades go that wait for its time, and is an event of its own. */
function takeBar({ instrument, accept, accepted }: Taker, bar: GivenBar, notices: readonly Notice[]): void {
  if (notices.some(({ problem, handling }) => problem === 'invalid' && handling === 'drop')) return;
  const time = availableAtOf(bar);
  accepted.push(...accept.advance(time), { time, era: eraOf(instrument, Math.max(bar.open_time, time - 1)) });
}

function settle(
  plan: Plan,
  ledger: Ledger,
  tables: ReadonlyMap<string, Table>,
  accepted: readonly Accepted[],
  compared: { bars: number; values: number },
): string | undefined {
  const { source, name } = ledger;
  if (source.type === 'given') return undefined;
  if ('parent' in source) {
    for (const part of barsOf(tables.get(plan.clocks[source.parent].name) as Table)) ledger.parts.push(part);
  }
  const trades = { list: accepted, first: ledger.next };
  for (const bar of barsOf(tables.get(name) as Table)) {
    compared.bars++;
    enter(ledger, eraOfBar(plan, ledger.clock, bar.close_time));
    const where = `clock ${name}, bar ${bar.ordinal} (trade ${Math.floor(bar.event / 2)})`;
    if (bar.ordinal !== ledger.bars++) return `${where}: expected ordinal ${ledger.bars - 1}, found ${bar.ordinal}`;
    const remade = 'parent' in source ? takeParts(plan, ledger, bar) : takeTrades(ledger, source, bar, trades);
    const unlike = typeof remade === 'string' ? remade : firstUnlike(bar, remade, compared);
    if (unlike !== undefined) return `${where}: ${unlike}`;
    ledger.close = bar.close;
  }
  // What no bar has taken yet belongs to the next one.
  if ('parent' in source) return undefined;
  for (; ledger.next < trades.first + accepted.length; ledger.next++) {
    const trade = accepted[ledger.next - trades.first];
    enter(ledger, trade.era);
    if (isTrade(trade)) addTrade(ledger.open, trade);
  }
  return undefined;
}

/** What was open when the instrument began anew is in no bar. */
function enter(ledger: Ledger, era: number): void {
  if (era <= ledger.era) return;
  Object.assign(ledger, { era, open: openBar(), bars: 0, close: NaN });
}

/** Events of a stretch, the first of them at `first` among all. */
interface Numbered {
  readonly list: readonly Accepted[];
  readonly first: number;
}

/** The trades that belong to `bar`, made into one; or what is wrong with its stamps. */
function takeTrades(ledger: Ledger, source: ClockSource, bar: Bar, { list, first }: Numbered): Remade | string {
  const isInterval = source.type === 'interval';
  // An odd event is that of a trade that is part of the bar, an even one that of the first trade after it.
  const until = Math.ceil(bar.event / 2);
  if (until > first + list.length) return `expected an event of a trade that came, found ${bar.event}`;
  for (; ledger.next < first + list.length; ledger.next++) {
    const trade = list[ledger.next - first];
    if (isInterval ? trade.time >= bar.close_time : ledger.next >= until) break;
    if (trade.era < ledger.era || !isTrade(trade)) continue;
    addTrade(ledger.open, trade);
  }
  const { open } = ledger;
  ledger.open = openBar();
  if (isInterval) {
    if (ledger.next > until) return `expected no trade before ${bar.close_time} after event ${bar.event}`;
    if (open.lastTime >= bar.close_time)
      return `expected trades before ${bar.close_time}, found one at ${open.lastTime}`;
    if (open.firstTime < bar.open_time)
      return `expected trades from ${bar.open_time} on, found one at ${open.firstTime}`;
    const times = { ...timesOf(ledger, bar), available_at: bar.close_time + source.delay };
    return { ...fromTrades(open, ledger.close), ...times };
  }
  if (bar.available_at < open.lastTime)
    return `expected available_at of at least ${open.lastTime}, found ${bar.available_at}`;
  const delay = source.type === 'rule' ? source.delay : 0;
  // A boundary ends whatever is open: no bar stands on both sides of one.
  const boundary = ledger.ends?.after(open.firstTime) ?? Infinity;
  if (open.lastTime >= boundary) return `expected trades before ${boundary}, its anchor, found one at ${open.lastTime}`;
  const times = { open_time: open.firstTime, close_time: open.lastTime };
  return {
    ...fromTrades(open, ledger.close),
    ...times,
    available_at: (bar.partial === 1 ? boundary : open.lastTime) + delay,
  };
}

/** When an interval begins and ends, each by the other. */
function timesOf({ ends }: Ledger, { open_time: opens, close_time: closes }: Bar): Remade {
  return ends === undefined ? {} : { open_time: ends.before(closes), close_time: ends.after(opens) };
}

function takeParts(plan: Plan, ledger: Ledger, bar: Bar): Remade | string {
  const { source } = ledger;
  while (ledger.parts.length > 0 && eraOfBar(plan, ledger.clock, ledger.parts[0].close_time) < ledger.era)
    ledger.parts.shift();
  const parts = ledger.parts.splice(0, bar.constituent_bar_count);
  const last = parts.at(-1);
  if (source.type === 'resampled') {
    const boundary = ledger.ends?.after(bar.open_time) ?? NaN;
    // A given bar may end a millisecond before its interval: what is known by then ends then.
    const isEndedByLast = last !== undefined && last.event === bar.event;
    const closes = isEndedByLast ? Math.min(boundary, last.available_at) : boundary;
    const times = { open_time: NaN, close_time: closes };
    if (last !== undefined && last.event > bar.event)
      return `expected event ${last.event} of its last part, found ${bar.event}`;
    return { ...(last === undefined ? fromTrades(openBar(), ledger.close) : fromParts(parts)), ...times };
  }
  if (last === undefined) return 'expected constituents, found none';
  if (last.event > bar.event || last.available_at > bar.available_at) {
    return `expected to close with its last part (event ${last.event}, ${last.available_at}), found event ${bar.event}, ${bar.available_at}`;
  }
  return fromParts(parts);
}
