/** A bar kind with its settings, in a chain: its own clock, and clocks made from that. */
import { fail } from 'minotaur-core/internal/base/errors';
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { expectationRule } from 'minotaur-core/internal/bars/expectation';
import { thresholdRule, type BarKind, type EndRule } from 'minotaur-core/internal/bars/kind';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { createChain } from 'minotaur-core/internal/chain/engine';
import { createPlan, type ClockPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';

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

/** Sessions that open and close where trades are: five minutes of every day, from midnight UTC on in winter. */
const CALENDARS: ConfigInput['calendars'] = {
  bell: {
    zone: 'America/New_York',
    open: '19:00',
    close: '19:05',
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  },
};

/** Where bars of trades are cut. */
const ANCHORS = ['none', 'day', { session: 'bell' }] as const;
type Anchor = (typeof ANCHORS)[number];

const LOCAL = 'America/New_York';

/** What ends bars of time, and bars made of those: over the hours that trades may be apart. */
const LENGTHS = [
  [{ every: '1s' }, { every: '7s' }],
  [{ every: '1min' }, { every: '5min' }],
  [{ every: '4hour' }, { every: '12hour' }],
  // Days from 19:00 on, and weeks of such that begin with a Saturday's; clocks go forward in the first of them.
  [
    { every: '1day', offset: '19hour', zone: LOCAL },
    { every: '1week', offset: '139hour', zone: LOCAL },
  ],
  [{ every: '1min', session: 'bell' }, { session: 'bell' }],
] as const;

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
          ANCHORS.map((anchor) => {
            const settings = [`threshold ${threshold}`, `overshoot ${carry ? 'carry' : 'reset'}`];
            return ruleSettings(kind.name, settings, thresholdRule(kind, threshold, carry), anchor);
          }),
        ),
      );
    case 'beyond expectation':
      return [1, 4, 30].flatMap((expectedTicks) => {
        const bounded = { minTicks: Math.ceil(expectedTicks / 4), maxTicks: expectedTicks * 4 };
        const usual = { expectedTicks, ticksWindow: 20, imbalanceWindow: expectedTicks, ...bounded };
        const loose = { expectedTicks, ticksWindow: 2, imbalanceWindow: 7, minTicks: 1, maxTicks: 999 };
        return [usual, loose].flatMap((settings) =>
          ANCHORS.map((anchor) => {
            const words = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
            return ruleSettings(kind.name, words, expectationRule(kind, settings), anchor);
          }),
        );
      });
    case 'before':
      return LENGTHS.flatMap(([ends, longer]) =>
        (['carry', 'skip'] as const).map((empty): Settings => {
          const it = { bars: 'time', ...ends, empty } as const;
          const clocks = { it, merged: { from: 'it', count: 3 }, longer: { from: 'it', ...longer, empty } };
          const settings = [...Object.entries(ends).map(([key, value]) => `${key} ${value}`), `empty ${empty}`];
          return { settings, plan: planOf(clocks), startsAnew: false };
        }),
      );
  }
}

const planOf = (clocks: Clocks): Plan => createPlan(parseConfig({ clocks, calendars: CALENDARS }));

/** The rule takes the place of that of a kind which every configuration knows. */
function ruleSettings(name: string, words: readonly string[], rule: EndRule, anchor: Anchor): Settings {
  const settings = [...words, `anchor ${typeof anchor === 'string' ? anchor : 'session'}`];
  const plan = planOf({ it: { bars: 'tick', threshold: 1, anchor }, merged: { from: 'it', count: 3 } });
  const [it, ...others] = plan.clocks;
  const source = { ...it.source, rule: checked(name, rule), text: name } as ClockPlan['source'];
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
