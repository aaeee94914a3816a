/** Holes put on purpose: trades that are left out where their ids tell, and holes that are declared. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { pickTrades } from 'minotaur-core/internal/trades/trade';
import { severalStretch } from '../harness/several-stretch.ts';
import { tradeStretch, type Stretch } from '../harness/stretch.ts';
import type { Turn } from '../harness/turns.ts';
import { tellsGaps } from './known-holes.ts';

/** Trades that are left out at a place, at most. */
const LEFT_OUT = 20;
const DECLARED = 0.4;
const BOTH = 0.3;

export interface Torn {
  readonly events: Stretch;
  /** Where a hole is to be declared; NaN: nowhere. */
  readonly at: number;
  /** Of which of the plan's instruments. */
  readonly instrument: number;
}

/** Leaves a few trades out, or has a hole declared, or both. */
export function tear(given: Stretch, plan: Plan, random: () => number): Torn {
  const instrument = Math.floor(random() * plan.instruments.length);
  const left = random() < DECLARED ? undefined : leaveOut(given, plan, random);
  const events = left ?? given;
  const at = left === undefined || random() < BOTH ? 1 + Math.floor(random() * events.length * 0.6) : NaN;
  return { events, at, instrument };
}

/** A stretch that lacks a run of trades; undefined where nothing would tell of it. */
function leaveOut(given: Stretch, plan: Plan, random: () => number): Stretch | undefined {
  if (plan.config.trades.gaps !== 'keep') return undefined;
  if (given.trades !== undefined) {
    const rows = tellsGaps(plan.instruments[0]) ? rowsLeft(given.length, random) : undefined;
    return rows && tradeStretch(pickTrades(given.trades, rows));
  }
  const { list, before } = given.turns ?? { list: [], before: undefined };
  const tells = (turn: Turn): boolean =>
    turn.kind === 'trades' &&
    turn.block.length > 2 &&
    plan.instruments.some((one) => one.name === turn.instrument && tellsGaps(one));
  const turns = list.flatMap((turn, t) => (tells(turn) ? [t] : []));
  const torn = turns[Math.floor(random() * turns.length)];
  if (torn === undefined || before === undefined) return undefined;
  const turn = list[torn] as Extract<Turn, { kind: 'trades' }>;
  const rows = rowsLeft(turn.block.length, random);
  if (rows === undefined) return undefined;
  return severalStretch(list.with(torn, { ...turn, block: pickTrades(turn.block, rows) }), before);
}

/** Rows without a run of them, which is not at either end; undefined where there are too few. */
function rowsLeft(length: number, random: () => number): number[] | undefined {
  const place = 1 + Math.floor(random() * length * 0.6);
  const run = 1 + Math.floor(random() * Math.min(LEFT_OUT, length / 4));
  if (place + run >= length) return undefined;
  return Array.from({ length }, (_, i) => i).filter((i) => i < place || i >= place + run);
}
