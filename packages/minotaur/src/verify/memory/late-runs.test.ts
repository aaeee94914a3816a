import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { buildGraph } from 'minotaur-core/internal/features/contract/graph';
import { simulate } from '../../files/simulate.ts';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { createDue } from './due.ts';
import { runGraph } from './full-run.ts';
import { createLateRuns, type Contradiction, type LateRun } from './late-runs.ts';
import { createMeasured, EXACT, rowsWithin } from './measured.ts';
import { describeContradiction } from './operator-memory.ts';
import { measureStretch, watchFeatures } from './whole-stretch.ts';

/** Bars of 200 simulated trades, all columns. */
function simulatedBars(trades: number): Float64Array[] {
  const columns: number[][] = BAR_COLUMNS.map(() => []);
  const engine = createEngine(
    { clocks: { bars: { bars: 'tick', threshold: 200 } }, features: { bars: ['close'] } },
    { onBars: ({ data, from, to }) => columns.forEach((column, c) => column.push(...data[c].subarray(from, to))) },
  );
  for (const block of simulate({ trades, seed: 5 })) engine.push(block);
  return columns.map((column) => Float64Array.from(column));
}

const stretch = simulatedBars(1_000_000);
const STARTS = [1, 50, 333, 777, 1001, 1500, 1999];

for (const name of ['short', '1min']) {
  test(`what the graph adds up for every feature of clock ${name} of the preset is what it does on simulated bars`, () => {
    const { graph } = createPlan(parseConfig('minotaur')).clocks.find((clock) => clock.name === name)!;
    const watched = watchFeatures(graph);
    const measured = createMeasured(watched.length);
    const wrong = measureStretch({ graph, watched, measured, given: stretch, starts: STARTS });
    assert.equal(wrong && describeContradiction(wrong), undefined);
    for (const [f, feature] of watched.entries()) {
      assert.ok(measured.compared[f] > 5000, `${feature.name} was compared over ${measured.compared[f]} rows`);
    }
  });
}

const graph = buildGraph(['sma(close, 5) as mean'], BAR_COLUMNS, catalogue);
const [mean] = watchFeatures(graph);

test('a late start is told by its offset and its row', () => {
  const measured = createMeasured(1);
  const starts = [100, 200];
  assert.equal(measureStretch({ graph, watched: [mean], measured, given: stretch, starts }), undefined);
  assert.equal(rowsWithin(measured, EXACT, 0), 5);
  const believed = { ...mean, declared: { class: 'finite', rows: 4 } } as const;
  const wrong = measureStretch({ graph, watched: [believed], measured, given: stretch, starts });
  assert.match(
    describeContradiction(wrong as Contradiction),
    /at row 103, 4 rows after a start at offset 100: [\d.]+ in the full run, NaN/,
  );
});

test('a stretch too short to tell has compared nothing, and shows nothing settled', () => {
  const measured = createMeasured(1);
  const short = stretch.map((column) => column.subarray(0, 8));
  assert.equal(measureStretch({ graph, watched: [mean], measured, given: short, starts: [4] }), undefined);
  assert.equal(measured.compared[0], 0);
  assert.equal(rowsWithin(measured, EXACT, 0), null);
});

test('rows in tables of any length measure the same', () => {
  const fading = buildGraph(['ema(close, 9) as mean', 'obv(close, volume) as sum'], BAR_COLUMNS, catalogue);
  const watched = watchFeatures(fading);
  const whole = runGraph(fading, stretch);
  const width = fading.columns.length;
  const measure = (length: number): readonly (number | null)[] => {
    const measured = createMeasured(watched.length);
    const schedule = {
      first: [3, 70, 500],
      createDue: () => createDue(fading),
      isOver: ({ due }: LateRun) => due.rows >= 1200,
      next: () => Infinity,
    };
    const runs = createLateRuns({ graph: fading, watched, measured, schedule });
    for (let row = 0; row < whole.times.length; row += length) {
      const times = whole.times.subarray(row, row + length);
      assert.equal(
        runs.compare({ times, values: whole.values.subarray(row * width, (row + length) * width) }),
        undefined,
      );
    }
    runs.finish();
    return watched.flatMap((_, f) => measured.gaps.map((_gap, g) => rowsWithin(measured, g, f)));
  };
  const [milli, micro, nano, pico, exact, ...never] = measure(5000);
  assert.ok(Number(milli) < Number(micro));
  assert.ok(Number(micro) < Number(nano) && Number(nano) < Number(pico) && Number(pico) < Number(exact));
  assert.deepEqual(never, [null, null, null, null, null]);
  for (const length of [7, 256, 1000]) {
    assert.deepEqual(measure(length).slice(0, 5), [milli, micro, nano, pico, exact], `tables of ${length} rows`);
  }
});
