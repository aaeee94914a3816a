/** The laws over every bar kind in the folder: adding a file is enough to be tested here. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { kinds } from '../../packages/core/src/bars/kinds.gen.ts';
import type { BarKind } from '../../packages/core/src/bars/kind.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { assertSameRows, blockOf, tradesArbitrary } from '../trades.ts';

const RUNS = { numRuns: 25, seed: 77 };

/** Settings for a kind of which nothing is known but its contract: thresholds of every magnitude, so that some close often. */
function settingsOf(kind: BarKind): ConfigInput['clocks'][string][] {
  if (kind.closes === 'before')
    return ['1s', '1min', '4hour'].flatMap((every) =>
      (['carry', 'skip'] as const).map((empty) => ({ bars: 'time', every, empty }) as const),
    );
  if (kind.closes === 'beyond expectation')
    return [1, 4, 30].flatMap((expectedTicks) =>
      (['none', 'day'] as const).flatMap((anchor) => [
        { bars: kind.name, expectedTicks, anchor },
        { bars: kind.name, expectedTicks, anchor, ticksWindow: 2, imbalanceWindow: 7, minTicks: 1, maxTicks: 999 },
      ]),
    );
  return [3, 60, 150_000].flatMap((threshold) =>
    (['reset', 'carry'] as const).flatMap((overshoot) =>
      (['none', 'day'] as const).map((anchor) => ({ bars: kind.name, threshold, overshoot, anchor })),
    ),
  );
}

/** Lengths of bars made from time bars: several of them, over the hours that trades may be apart. */
const LONGER: Record<string, string> = { '1s': '7s', '1min': '5min', '4hour': '12hour' };

/** A clock of the kind, and those that can be made from it. */
function clocksOf(clock: ConfigInput['clocks'][string]): ConfigInput['clocks'] {
  const merged = { from: 'it', count: 3 };
  if (!('bars' in clock && 'every' in clock)) return { it: clock, merged };
  const { every, empty } = clock;
  return { it: clock, merged, longer: { from: 'it', every: LONGER[every], empty } };
}

function start(clock: ConfigInput['clocks'][string]): { engine: Engine; bars: number[][] } {
  const bars: number[][] = [];
  const clocks = clocksOf(clock);
  const names = Object.keys(clocks);
  const engine = createEngine(
    { clocks },
    {
      onBars: ({ clock: name, data, from, to }) => {
        for (let i = from; i < to; i++) bars.push([names.indexOf(name), ...data.map((column) => column[i])]);
      },
    },
  );
  return { engine, bars };
}

/** Bars of all clocks, those of one event together, whatever the blocks were. */
const ordered = (bars: readonly number[][]): number[][] => bars.toSorted((a, b) => a[0] - b[0]);

function whole(clock: ConfigInput['clocks'][string], trades: readonly Trade[]): number[][] {
  const { engine, bars } = start(clock);
  engine.push(blockOf(trades));
  return ordered(bars);
}

for (const kind of Object.values(kinds) as BarKind[]) {
  for (const clock of settingsOf(kind)) {
    const name = JSON.stringify(clock);
    test(`L1, L2: any cuts, restored at every cut: ${name}`, () => {
      fc.assert(
        fc.property(tradesArbitrary(200), fc.integer(), (trades, seed) => {
          const random = mulberry32(seed);
          const { engine, bars } = start(clock);
          for (let i = 0; i < trades.length;) {
            const to = Math.min(trades.length, i + 1 + Math.floor(random() * 9));
            engine.push(blockOf(trades.slice(i, to)));
            const bytes = engine.snapshot();
            // Somewhere else and back: what is not in the snapshot would be left over.
            const kept = bars.length;
            engine.push({ time: trades[to - 1].time + 7e9, price: 1, quantity: 1e6 });
            bars.length = kept;
            engine.restore(bytes);
            i = to;
          }
          assertSameRows(ordered(bars), whole(clock, trades));
        }),
        RUNS,
      );
    });

    test(`L3: the future changes no closed bar: ${name}`, () => {
      fc.assert(
        fc.property(tradesArbitrary(200), fc.nat(), (trades, pick) => {
          const cut = 1 + (pick % trades.length);
          const before = start(clock);
          before.engine.push(blockOf(trades.slice(0, cut)));
          const after = start(clock);
          after.engine.push(blockOf(trades.map((t, i) => (i < cut ? t : { ...t, price: t.price * 2, quantity: 9 }))));
          for (const which of Object.keys(clocksOf(clock)).keys()) {
            const known = before.bars.filter(([clockOf]) => clockOf === which);
            const found = after.bars.filter(([clockOf]) => clockOf === which);
            assertSameRows(found.slice(0, known.length), known);
          }
        }),
        RUNS,
      );
    });
  }

  test(`${kind.name} bars close on ordinary trades`, () => {
    const trades = fc.sample(tradesArbitrary(200), { numRuns: 1, seed: 3 })[0];
    assert.ok(settingsOf(kind).some((clock) => whole(clock, trades).length > 3));
    assert.ok(kind.summary.length > 10 && kind.source.length > 3);
  });
}
