import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { measure } from './metrics.ts';
import { createWeighted, FIGURES } from './weighted.ts';

const rowArbitrary = fc.record({
  p: fc.integer({ min: 0, max: 8 }).map((k) => k / 8),
  y: fc.constantFrom(0, 1),
  count: fc.integer({ min: 0, max: 3 }),
  gain: fc.integer({ min: -9, max: 9 }),
});

test('figures of rows that count several times are those of the rows written down so often', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(rowArbitrary, { minLength: 1, maxLength: 30 }), (rows) => {
      const written = rows.flatMap((row) => Array<typeof row>(row.count).fill(row));
      const column = (list: typeof rows, of: (row: (typeof rows)[0]) => number) => Float64Array.from(list, of);
      const taken = Int32Array.from(rows.keys()).filter((i) => i % 2 === 0);
      const late = taken.map((i) => rows.length - 1 - i);
      const found = new Float64Array(FIGURES.length);
      const [p, y, gain] = (['p', 'y', 'gain'] as const).map((name) => column(rows, (row) => row[name]));
      const weighted = createWeighted({
        probabilities: p,
        labels: y,
        threshold: 0.5,
        gain,
        taken,
        late,
      });
      weighted(
        Uint32Array.from(rows, ({ count }) => count),
        found,
      );
      if (written.length === 0) return;
      const expected = measure(
        column(written, (row) => row.p),
        column(written, (row) => row.y),
        0.5,
      );
      FIGURES.forEach((name, f) => {
        if (name === 'gross' || name === 'grossLate' || (found[f] !== found[f] && !(expected[name] > 0))) return;
        assert.ok(Math.abs(found[f] - expected[name]) < 1e-12, `${name}: ${expected[name]}, found ${found[f]}`);
        compared++;
      });
      [taken, late].forEach((positions, k) => {
        const trades = [...positions].flatMap((i) => Array<number>(rows[i].count).fill(rows[i].gain));
        const gross = trades.reduce((a, b) => a + b, 0) / trades.length;
        assert.ok(Object.is(found[7 + k], gross) || Math.abs(found[7 + k] - gross) < 1e-12);
      });
    }),
    { numRuns: 500 },
  );
  assert.ok(compared > 2000, `${compared} compared`);
});
