/** A chain that scales trades by itself, and wrongly, where its instrument declares a split. */
import { planOf } from 'minotaur-core/internal/config/engine';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { enginesOf, type MakeEngine } from '../harness/sides.ts';
import type { Fault } from './fault.ts';
import { changeTrades } from './wrap.ts';

/** When the split is: a minute into the market of the self-test. */
export const SPLIT = { time: Date.parse('2024-03-10T12:16:00Z') * 1000, factor: 10 } as const;

/** Both sides scale the trades of a block as `scale` does, which is made for each engine, and adjust nothing themselves. */
export function plantSplit(scale: () => (block: TradeBlock) => void): Fault['plant'] {
  return (sound) => {
    const adjustments = [{ time: new Date(SPLIT.time / 1000).toISOString(), factor: SPLIT.factor }];
    const plan = planOf({ ...sound, instruments: { SPLIT: { adjustments } } });
    const plain = enginesOf(planOf({ ...sound, instruments: { SPLIT: {} } }));
    const faulty: MakeEngine = (sinks) => ({ ...changeTrades(scale())(plain)(sinks), plan });
    return { plan, sides: { historical: faulty, live: faulty } };
  };
}
