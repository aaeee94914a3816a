/** A bar kind with its settings, in a chain: its own clock, and clocks made from that. */
import { fail } from 'minotaur-core/internal/base/errors';
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { expectationRule } from 'minotaur-core/internal/bars/expectation';
import { thresholdRule, type BarKind, type EndRule } from 'minotaur-core/internal/bars/kind';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { createChain } from 'minotaur-core/internal/chain/engine';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { blockOf } from './trades.ts';

export interface BarSubject {
  readonly kind: BarKind;
  /** Of every subject of the kind. */
  readonly thresholds: readonly number[];
  /** In words. */
  readonly settings: readonly string[];
  readonly plan: Plan;
  /** Whether nothing of one bar counts towards the next. */
  readonly startsAnew: boolean;
}

/** A closed bar: the index of its clock, then its columns. */
export type Bar = readonly number[];

/** The columns of a {@link Bar}. */
export const COLUMNS: readonly string[] = ['clock', ...BAR_COLUMNS];

type Clocks = ConfigInput['clocks'];

/** Lengths of bars made from time bars: several of them, over the hours that trades may be apart. */
const LONGER: Readonly<Record<string, string>> = { '1s': '7s', '1min': '5min', '4hour': '12hour' };

/** The kind with settings of every sort. */
export function barSubjects(kind: BarKind, thresholds: readonly number[]): readonly BarSubject[] {
  return subjectsOf(kind, thresholds).map((subject) => ({ ...subject, kind, thresholds }));
}

type Settings = Omit<BarSubject, 'kind' | 'thresholds'>;

function subjectsOf(kind: BarKind, thresholds: readonly number[]): readonly Settings[] {
  switch (kind.closes) {
    case 'with':
      return thresholds.flatMap((threshold) =>
        [false, true].flatMap((carry) =>
          [false, true].map((anchorDay) => {
            const settings = [`threshold ${threshold}`, `overshoot ${carry ? 'carry' : 'reset'}`];
            return ruleSettings(kind.name, settings, thresholdRule(kind, threshold, carry), anchorDay);
          }),
        ),
      );
    case 'beyond expectation':
      return [1, 4, 30].flatMap((expectedTicks) => {
        const bounded = { minTicks: Math.ceil(expectedTicks / 4), maxTicks: expectedTicks * 4 };
        const usual = { expectedTicks, ticksWindow: 20, imbalanceWindow: expectedTicks, ...bounded };
        const loose = { expectedTicks, ticksWindow: 2, imbalanceWindow: 7, minTicks: 1, maxTicks: 999 };
        return [usual, loose].flatMap((settings) =>
          [false, true].map((anchorDay) => {
            const words = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
            return ruleSettings(kind.name, words, expectationRule(kind, settings), anchorDay);
          }),
        );
      });
    case 'before':
      return Object.keys(LONGER).flatMap((every) =>
        (['carry', 'skip'] as const).map((empty): Settings => {
          const it = { bars: 'time', every, empty } as const;
          const clocks = { it, merged: { from: 'it', count: 3 }, longer: { from: 'it', every: LONGER[every], empty } };
          return { settings: [`every ${every}`, `empty ${empty}`], plan: planOf(clocks), startsAnew: false };
        }),
      );
  }
}

const planOf = (clocks: Clocks): Plan => createPlan(parseConfig({ clocks }));

/** The rule takes the place of that of a kind which every configuration knows. */
function ruleSettings(name: string, words: readonly string[], rule: EndRule, anchorDay: boolean): Settings {
  const settings = [...words, `anchor ${anchorDay ? 'day' : 'none'}`];
  const plan = planOf({ it: { bars: 'tick', threshold: 1 }, merged: { from: 'it', count: 3 } });
  const source = { type: 'rule', rule: checked(name, rule), text: name, anchorDay, delay: 0 } as const;
  const [it, ...others] = plan.clocks;
  return { settings, plan: { ...plan, clocks: [{ ...it, source }, ...others] }, startsAnew: rule.startsAnew };
}

/** A rule that stands still or leaps would keep a chain busy for ever. */
function checked(name: string, rule: EndRule): EndRule {
  return {
    ...rule,
    reach(state, tape, from, to) {
      const at = rule.reach(state, tape, from, to);
      if (!Number.isInteger(at) || at < from || at > to)
        fail('config', `reach of ${name}`, `the index of a trade from ${from} on, or ${to}`, String(at));
      return at;
    },
  };
}

/** A fresh chain, and where its bars are put as they close. */
export function start({ plan }: BarSubject): { readonly engine: Engine; readonly bars: Bar[] } {
  const bars: Bar[] = [];
  const names = plan.clocks.map(({ name }) => name);
  const engine = createChain(plan, {
    onBars: ({ clock, data, from, to }) => {
      for (let i = from; i < to; i++) bars.push([names.indexOf(clock), ...data.map((column) => column[i])]);
    },
  });
  return { engine, bars };
}

/** The bars of all clocks, one clock after the other, of trades that come as one block. */
export function barsOf(subject: BarSubject, trades: readonly Trade[]): Bar[] {
  const { engine, bars } = start(subject);
  engine.push(blockOf(trades));
  return byClock(bars);
}

/** Bars that closed by one event come clock by clock, whatever the blocks were. */
export function byClock(bars: readonly Bar[]): Bar[] {
  return bars.toSorted((a, b) => a[0] - b[0]);
}
