/** The chain behind what puts late trades in order, for checks that ask when something was known, trade by trade. */
import { availableAtOf } from 'minotaur-core/internal/bars/given';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { idAt } from 'minotaur-core/internal/trades/id';
import { idsOrder } from 'minotaur-core/internal/trades/identity/kinds';
import { pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { severalStretch } from './several-stretch.ts';
import type { Reach } from './reach.ts';
import { seeTurns, type Turn } from './turns.ts';
import { enginesOf, sidesOf, type Sides } from './sides.ts';
import { tradeStretch, type Stretch } from './stretch.ts';

/** What a check compares, and over which events. */
export interface InOrder extends Sides {
  readonly plan: Plan;
  stretch(given: Stretch): Stretch;
}

/**
 * The sides of a context as they are where no trade waits. Where trades wait, a row comes out with a trade that has nothing to
 * do with it: then the plan's own engines without that, and the trades of each stretch in order.
 */
export function inOrder(context: { readonly plan: Plan; readonly sides?: Sides | undefined }): InOrder {
  const { config, instruments } = context.plan;
  if (config.trades.reorder === undefined)
    return { plan: context.plan, ...sidesOf(context), stretch: (given) => given };
  const plan = createPlan({ ...config, trades: { ...config.trades, reorder: undefined, disorder: 'keep' } });
  const engines = enginesOf(plan);
  const sort = (block: TradeBlock, { ids }: Instrument): TradeBlock => pickTrades(block, orderOf(block, idsOrder(ids)));
  const sortTurn = (turn: Turn): Turn => {
    const instrument = instruments.find(({ name }) => name === turn.instrument) as Instrument;
    return turn.kind === 'trades' ? { ...turn, block: sort(turn.block, instrument) } : turn;
  };
  return {
    plan,
    historical: engines,
    live: engines,
    stretch(given) {
      if (given.turns !== undefined)
        return severalStretch(barsBehind(given.turns.list.map(sortTurn), given.turns.before), given.turns.before);
      return given.trades === undefined ? given : tradeStretch(sort(given.trades, instruments[0]));
    },
  };
}

/** Turns in which no bar is known before a trade that it stands behind: one that was taken up to a late trade's time would be. */
function barsBehind(turns: readonly Turn[], before: Reach): Turn[] {
  const reach = before.copy();
  return turns.map((turn) => {
    if (turn.kind !== 'bars') {
      seeTurns(reach, [turn]);
      return turn;
    }
    const bars = turn.bars.map((bar) => {
      const newest = reach.newest(turn.instrument);
      const known = availableAtOf(bar) < newest ? { ...bar, available_at: newest } : bar;
      reach.see(turn.instrument, availableAtOf(known));
      return known;
    });
    return { ...turn, bars };
  });
}

/** Rows of `block` in order of time, of one time by id where ids order trades, else as they came. */
export function orderOf({ length, time, id }: TradeBlock, byId: boolean): number[] {
  const rows = Array.from({ length }, (_, i) => i);
  const known = (i: number): bigint => BigInt(idAt(id, i) ?? 0);
  return rows.sort((a, b) => time[a] - time[b] || (byId ? Number(known(a) - known(b)) : 0) || a - b);
}
