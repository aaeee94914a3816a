/** Events of several sources in the order in which a chain is given them: turn after turn. */
import { sin } from 'minotaur-core/internal/base/elementary/index';
import { availableAtOf, type GivenBar } from 'minotaur-core/internal/bars/given';
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import type { EventFacts, Feed, Hole } from 'minotaur-core/internal/chain/contract';
import { copyTrades, pickTrades, sliceTrades, tradeAt, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { garbleBar, moveBar } from './given-bars.ts';
import type { Reach } from './reach.ts';

/** Trades of one instrument that follow each other, or another event of it. */
export type Turn =
  | { readonly kind: 'trades'; readonly instrument: string; readonly block: TradeBlock }
  | { readonly kind: 'advance'; readonly instrument: string; readonly time: number }
  | { readonly kind: 'hole'; readonly instrument: string; readonly hole: Hole }
  | BarsTurn
  | SeriesTurn;

/** Given bars of one clock that follow each other. */
export interface BarsTurn {
  readonly kind: 'bars';
  /** Of the clock. */
  readonly instrument: string;
  readonly clock: string;
  readonly bars: readonly GivenBar[];
}

/** Rows of a series that follow each other. */
export interface SeriesTurn {
  readonly kind: 'series';
  /** Of the series. */
  readonly instrument: string;
  readonly rows: readonly SeriesRow[];
  /** When each became known. */
  readonly available: readonly number[];
}

/** Events of a turn: its trades, bars or rows, or itself. */
export function lengthOfTurn(turn: Turn): number {
  if (turn.kind === 'series') return turn.rows.length;
  if (turn.kind === 'bars') return turn.bars.length;
  return turn.kind === 'trades' ? turn.block.length : 1;
}

/** Time of event `i` of a turn: of a hole that up to which the instrument has come by it, which is nothing. */
export function timeInTurn(turn: Turn, i: number): number {
  if (turn.kind === 'trades') return turn.block.time[i];
  if (turn.kind === 'series') return turn.available[i];
  if (turn.kind === 'bars') return availableAtOf(turn.bars[i]);
  return turn.kind === 'advance' ? turn.time : -Infinity;
}

/** Events [from, to) of a turn; nothing is copied. */
export function sliceTurn(turn: Turn, from: number, to: number): Turn {
  if (turn.kind === 'series')
    return { ...turn, rows: turn.rows.slice(from, to), available: turn.available.slice(from, to) };
  if (turn.kind === 'bars') return { ...turn, bars: turn.bars.slice(from, to) };
  if (turn.kind !== 'trades' || (from === 0 && to === turn.block.length)) return turn;
  return { ...turn, block: sliceTrades(turn.block, from, to) };
}

/** One event of a turn. */
export interface TurnEvent {
  readonly turn: Turn;
  /** Which of its trades. */
  readonly i: number;
  readonly time: number;
  /** Beyond which its instrument may not have come before it: its time, or the end of a hole. */
  readonly latest: number;
}

/** The events of turns, one by one. */
export function eventsIn(turns: readonly Turn[]): TurnEvent[] {
  return turns.flatMap((turn) =>
    Array.from({ length: lengthOfTurn(turn) }, (_, i) => {
      const time = timeInTurn(turn, i);
      return { turn, i, time, latest: turn.kind === 'hole' ? turn.hole.to : time };
    }),
  );
}

/** The turns without events that `keep` does not name. */
export function filterTurns(turns: readonly Turn[], keep: (turn: Turn, i: number) => boolean): Turn[] {
  return turns.flatMap((turn): Turn[] => {
    const rows = Array.from({ length: lengthOfTurn(turn) }, (_, i) => i).filter((i) => keep(turn, i));
    if (rows.length === 0) return [];
    if (turn.kind === 'series')
      return [{ ...turn, rows: rows.map((i) => turn.rows[i]), available: rows.map((i) => turn.available[i]) }];
    if (turn.kind === 'bars') return [{ ...turn, bars: rows.map((i) => turn.bars[i]) }];
    return turn.kind === 'trades' ? [{ ...turn, block: pickTrades(turn.block, rows) }] : [turn];
  });
}

/** Hands a turn to a chain, its trades as one block. */
export function pushTurn(engine: Feed, turn: Turn, facts: EventFacts): void {
  if (turn.kind === 'series') {
    for (const row of turn.rows) engine.pushSeries(turn.instrument, row);
    return;
  }
  const told = { ...facts, instrument: turn.instrument };
  if (turn.kind === 'trades') engine.push(turn.block, told);
  else if (turn.kind === 'bars') for (const bar of turn.bars) engine.pushBar(bar, { ...told, clock: turn.clock });
  else if (turn.kind === 'advance') engine.advance(turn.time, told);
  else engine.hole(turn.hole, told);
}

/** Hands event `i` of a turn to a chain, a trade by itself. */
export function pushInTurn(engine: Feed, turn: Turn, i: number, facts: EventFacts): void {
  if (turn.kind === 'trades') engine.push(tradeAt(turn.block, i), { ...facts, instrument: turn.instrument });
  else pushTurn(engine, sliceTurn(turn, i, i + 1), facts);
}

/** Lets `reach` see the turns. */
export function seeTurns(reach: Reach, turns: readonly Turn[]): Reach {
  for (const turn of turns) {
    if (turn.kind === 'trades') for (const time of turn.block.time) reach.see(turn.instrument, time);
    else if (turn.kind === 'bars') for (const bar of turn.bars) reach.see(turn.instrument, availableAtOf(bar));
    else if (turn.kind === 'advance') reach.see(turn.instrument, turn.time);
  }
  return reach;
}

/** The same turns, `micros` later. */
export function moveTurn(turn: Turn, micros: number): Turn {
  if (turn.kind === 'advance') return { ...turn, time: turn.time + micros };
  if (turn.kind === 'hole')
    return { ...turn, hole: { ...turn.hole, from: turn.hole.from + micros, to: turn.hole.to + micros } };
  if (turn.kind === 'series')
    return {
      ...turn,
      rows: turn.rows.map((row) => moveRow(row, micros)),
      available: turn.available.map((time) => time + micros),
    };
  if (turn.kind === 'bars') return { ...turn, bars: turn.bars.map((bar) => moveBar(bar, micros)) };
  const block = copyTrades(turn.block);
  for (let i = 0; i < block.length; i++) block.time[i] += micros;
  return { ...turn, block };
}

function moveRow(row: SeriesRow, micros: number): SeriesRow {
  const { time, available_at: available } = row;
  return { ...row, time: time + micros, ...(available === undefined ? {} : { available_at: available + micros }) };
}

/** A row of a series with other values. */
function garbleRow(row: SeriesRow, index: number, variant: number): SeriesRow {
  const wild = 1 + 0.25 * sin(index * 12.9898 + variant);
  const values = Object.entries(row).filter(([name]) => name !== 'time' && name !== 'available_at');
  return { ...row, ...Object.fromEntries(values.map(([name, value = NaN]) => [name, value * wild + variant])) };
}

/** How much longer the spans between garbled events are, of half the skew at most. */
const LONGER = 0.5;

/**
 * The turns with other events in place of those that `isOther` names, in order and within the skew still; `before` is how far the feeds
 * had come, `variant` picks among ways. Events of one instrument are other from some event on.
 */
export function garbleTurns(
  turns: readonly Turn[],
  isOther: (index: number, turn: Turn, i: number) => boolean,
  variant: number,
  before: Reach,
): Turn[] {
  const reach = before.copy();
  let base = NaN;
  let index = 0;
  /** A time in place of another: later and later, but not before the instrument's newest event nor too far ahead. */
  const other = (instrument: string, time: number): number => {
    if (Number.isNaN(base)) base = time;
    const later = variant % 2 === 1 ? Math.floor(Math.max(0, time - base) * LONGER) + (variant % 7) * 100_000 : 0;
    const newest = reach.newest(instrument);
    const most = Math.min(time + later, reach.of(instrument));
    return newest > most ? newest : most;
  };
  const garble = (turn: Turn): Turn => {
    const at = index;
    index += lengthOfTurn(turn);
    const { instrument } = turn;
    if (turn.kind === 'advance') {
      const time = isOther(at, turn, 0) ? other(instrument, turn.time) : turn.time;
      reach.see(instrument, time);
      return { ...turn, time };
    }
    if (turn.kind === 'hole') {
      const newest = reach.newest(instrument);
      return turn.hole.to < newest ? { ...turn, hole: { ...turn.hole, to: newest } } : turn;
    }
    if (turn.kind === 'series')
      return {
        ...turn,
        rows: turn.rows.map((row, i) => (isOther(at + i, turn, i) ? garbleRow(row, at + i, variant) : row)),
      };
    if (turn.kind === 'bars') {
      const bars = turn.bars.map((bar, i) => {
        const known = availableAtOf(bar);
        const given = isOther(at + i, turn, i) ? garbleBar(bar, at + i, variant, other(instrument, known)) : bar;
        reach.see(instrument, availableAtOf(given));
        return given;
      });
      return { ...turn, bars };
    }
    const block = copyTrades(turn.block);
    for (let i = 0; i < block.length; i++) {
      if (isOther(at + i, turn, i)) {
        // Some drop every other trade: what comes at a place is what came later.
        const time = turn.block.time[variant % 4 === 2 ? Math.min(i + 1, block.length - 1) : i];
        garbleTrade(block, i, at + i, variant);
        block.time[i] = other(instrument, time);
      }
      reach.see(instrument, block.time[i]);
    }
    return { ...turn, block };
  };
  return turns.map(garble);
}

/** Another price, size and side for trade `i` of `block`, the event `index` of its stretch. */
export function garbleTrade({ price, quantity, side }: TradeBlock, i: number, index: number, variant: number): void {
  const wild = 1 + 0.25 * sin(index * 12.9898 + variant);
  price[i] *= wild;
  // Now and then every trade is large enough to close a bar: what leaks from the next bar needs one.
  quantity[i] *= variant % 3 === 2 ? 1000 : 1 / wild + (index % 7) * (variant % 3);
  side[i] = index % 2 === variant % 2 ? 1 : -1;
}
