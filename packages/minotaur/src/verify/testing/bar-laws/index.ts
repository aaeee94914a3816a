import { mulberry32 } from 'minotaur-core/internal/base/random';
import { watchWork } from '../../watch/watch.ts';
import { barsOf, barSubjects, byClock, COLUMNS, start, type Bar } from '../bar-subject.ts';
import { blocksOf, wrong } from '../law.ts';
import { blockOf } from 'minotaur-core/internal/trades/trade';
import { createTrades } from '../trades.ts';
import { barDifference, type BarLaw } from './difference.ts';

const some = (asked: number): number => Math.ceil(asked / 5);

const declaration: BarLaw = {
  name: 'declaration',
  says: 'a kind says what it is, and counts its slots',
  samples: () => 1,
  check({ kind }) {
    for (const fact of ['name', 'summary', 'source'] as const) {
      if (kind[fact].trim() === '') return wrong(fact, 'a text', `'${kind[fact]}'`);
    }
    if (kind.closes !== 'with' || (Number.isInteger(kind.slots) && kind.slots >= 0)) return undefined;
    return wrong('slots', 'a whole number from 0 on', String(kind.slots));
  },
};

const purity: BarLaw = {
  name: 'L8 purity',
  says: 'bars come from trades alone: no clock, chance, file, locale, function whose bits differ between processors',
  samples: some,
  check(subject, { trades }) {
    const asked = watchWork(() => barsOf(subject, trades));
    return asked === undefined ? undefined : wrong('while it runs', 'no question', asked);
  },
};

const determinism: BarLaw = {
  name: 'L8 determinism',
  says: 'nothing beside the state is remembered: two chains that take turns give what each gives alone',
  samples: some,
  check(subject, { trades, cuts, at }) {
    const aside = createTrades(mulberry32(at), trades.length);
    const one = start(subject);
    const other = start(subject);
    for (const [from, to] of spans(trades.length, cuts)) {
      one.engine.push(blockOf(trades.slice(from, to)));
      other.engine.push(blockOf(aside.slice(from, to)));
    }
    return barDifference('taking turns with another chain', barsOf(subject, trades), byClock(one.bars));
  },
};

const blockInvariance: BarLaw = {
  name: 'L1 block invariance',
  says: 'any way of cutting the trades into blocks, blocks of one included, gives the same bars',
  // L2 cuts them too.
  samples: (asked) => Math.ceil(asked / 2),
  check(subject, { trades, cuts }) {
    const { engine, bars } = start(subject);
    for (const [from, to] of spans(trades.length, cuts)) engine.push(blockOf(trades.slice(from, to)));
    return barDifference(blocksOf(cuts), barsOf(subject, trades), byClock(bars));
  },
};

/** Microseconds: many bars further. */
const ELSEWHERE = 70e6;

const snapshot: BarLaw = {
  name: 'L2 snapshot',
  says: 'a chain that is put back to what was saved, inside half-built bars too, goes on with the same bars, and so does another chain',
  check(subject, { trades, cuts, at }) {
    const kept: Bar[] = [];
    let { engine, bars } = start(subject);
    const blocks = spans(trades.length, cuts);
    for (const [b, [from, to]] of blocks.entries()) {
      engine.push(blockOf(trades.slice(from, to)));
      for (const bar of bars) kept.push(bar);
      const bytes = engine.snapshot();
      // Somewhere else and back: what is not in the snapshot would be left over.
      engine.push({ time: trades[to - 1].time + ELSEWHERE, price: 1, quantity: 1e6 });
      if (b === at % blocks.length) ({ engine, bars } = start(subject));
      engine.restore(bytes);
      bars.length = 0;
    }
    const expected = barsOf(subject, trades);
    return barDifference(`restored after every block, ${blocksOf(cuts)}`, expected, byClock(kept));
  },
};

const EVENT = COLUMNS.indexOf('event');

const causality: BarLaw = {
  name: 'L3 causality',
  says: 'what comes after a trade changes no bar that has closed by then, and closes none',
  check(subject, { trades, at }) {
    const cut = 1 + (at % trades.length);
    const known = start(subject);
    known.engine.push(blockOf(trades.slice(0, cut)));
    const other = trades.map((t, i) => (i < cut ? t : { ...t, price: t.price * 2, quantity: 9 }));
    for (const [when, after] of [
      ['other', other],
      ['more', trades],
    ] as const) {
      const found = start(subject);
      found.engine.push(blockOf(after));
      // A bar that closed with one of the trades up to the cut, whenever the run came to say so.
      const then = found.bars.filter((bar) => bar[EVENT] < 2 * cut);
      const different = barDifference(`${when} trades after trade ${cut}`, byClock(known.bars), byClock(then));
      if (different !== undefined) return different;
    }
    return undefined;
  },
};

/** What a run says of where bars end. */
const ENDS = ['open_time', 'close_time', 'num_ticks', 'volume', 'close'];

const freshStart: BarLaw = {
  name: 'L4 start',
  says: 'where nothing is said to be carried from bar to bar, a run that starts between two bars cuts the same ones',
  samples: some,
  check(subject, { trades, at }) {
    if (!subject.startsAnew) return undefined;
    const bars = ofClock(barsOf(subject, trades), 0);
    if (bars.length < 2) return undefined;
    const first = at % (bars.length - 1);
    const used = bars.slice(0, first + 1).reduce((sum, bar) => sum + bar[COLUMNS.indexOf('num_ticks')], 0);
    const late = ofClock(barsOf(subject, trades.slice(used)), 0);
    return barDifference(`started after bar ${first}`, bars.slice(first + 1), late, ENDS);
  },
};

const closing: BarLaw = {
  name: 'closing',
  says: 'with some of the settings, several bars close on a thousand ordinary trades',
  samples: () => 1,
  check({ kind, thresholds }, { at }) {
    const trades = createTrades(mulberry32(at), 1000);
    const counts = barSubjects(kind, thresholds).map((one) => ofClock(barsOf(one, trades), 0).length);
    if (counts.some((count) => count > 3 && count < trades.length)) return undefined;
    return wrong('a thousand trades', 'more than 3 bars and less than one for each trade', counts.join(', '));
  },
};

/** Blocks of the lengths in `cuts`, repeated as needed. */
function spans(length: number, cuts: readonly number[]): (readonly [from: number, to: number])[] {
  const all: [number, number][] = [];
  for (let from = 0, b = 0; from < length; b++) {
    const to = Math.min(length, from + cuts[b % cuts.length]);
    all.push([from, to]);
    from = to;
  }
  return all;
}

const ofClock = (bars: readonly Bar[], clock: number): Bar[] => bars.filter(([of]) => of === clock);

/** The laws of bar kinds. */
export const BAR_LAWS: readonly BarLaw[] = [
  declaration,
  purity,
  closing,
  determinism,
  blockInvariance,
  snapshot,
  causality,
  freshStart,
];
