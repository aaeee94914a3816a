import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sfc32 } from '../../base/random.ts';
import { evidenceOf, type EvidenceRows } from './evidence.ts';

const MINUTE = 60_000_000;

/** A row a minute; labels live `life` of them; scores know `skill` of the label. */
function rowsOf(length: number, life: number, skill: number): EvidenceRows {
  const random = sfc32(4);
  const time = Float64Array.from({ length }, (_, i) => i * MINUTE);
  const coins = Float64Array.from({ length: Math.ceil(length / life) }, () => Number(random() < 0.5));
  const labels = time.map((_, i) => coins[Math.floor(i / life)]);
  const probabilities = labels.map((y) => (1 - skill) * random() + skill * y);
  return {
    time,
    entryTime: time,
    entryPrice: time.map(() => 100),
    labelTime: time.map((t) => t + life * MINUTE),
    gain: labels.map((y) => 0.01 * (2 * y - 1)),
    instrument: new Uint16Array(length),
    next: Int32Array.from(time, (_, i) => (i + 1 < length ? i + 1 : -1)),
    probabilities,
    raw: probabilities.map((p) => 0.5 * p),
    labels,
  };
}
const settings = { threshold: 0.5, costs: 0 };

test('a hundred rows of two independent labels say nothing, however well they are scored', () => {
  const { independent, verdict, intervals } = evidenceOf(rowsOf(200, 90, 0.4), settings);
  assert.equal(independent.labels, 2);
  assert.equal(verdict.text, 'cannot be told: 2 independent labels, and a statement needs 30');
  assert.equal(intervals.block, 200);
});

test('scores that know nothing, something and everything', () => {
  const kindOf = (skill: number): string => evidenceOf(rowsOf(1500, 10, skill), settings).verdict.kind;
  assert.deepEqual([0, 0.15, 1].map(kindOf), ['nothing was learned', 'learned something', 'too good to be true']);
});

test('the same rows give the same evidence; costs move what is left of a trade and nothing else', () => {
  const rows = rowsOf(600, 10, 0.2);
  const [free, paid] = [0, 0.001].map((costs) => evidenceOf(rows, { threshold: 0.5, costs }));
  assert.deepEqual(evidenceOf(rows, settings), free);
  assert.deepEqual([paid.intervals, paid.chance, paid.verdict], [free.intervals, free.chance, free.verdict]);
  assert.ok(Math.abs(free.trading.net - paid.trading.net - 0.001) < 1e-12);
  const [from, to] = free.trading.grossInterval;
  assert.ok(from < free.trading.gross && free.trading.gross < to);
});

test('a signal that is gone after a row is gained from at once and not a row late', () => {
  const rows = rowsOf(1200, 1, 0.3);
  const { trading, late } = evidenceOf(rows, settings);
  const [[from], [low, high]] = [trading.grossInterval, late.grossInterval];
  assert.ok(from > 0 && low < high && high < from, JSON.stringify([trading.grossInterval, late.grossInterval]));
  assert.deepEqual(
    [late.signals, late.trades],
    [trading.signals, late.signals - Number(rows.probabilities[1199] >= 0.5)],
  );
});

test('calibration before and after stand side by side', () => {
  const { calibration } = evidenceOf(rowsOf(1200, 5, 0), settings);
  assert.ok(calibration.before.error > 0.2 && calibration.before.error > calibration.before.reaches);
  assert.ok(calibration.after.bins.length > calibration.before.bins.length);
});

test('of few trades there is no interval', () => {
  const { trading } = evidenceOf(rowsOf(600, 30, 0.2), settings);
  assert.ok(trading.trades > 0 && trading.trades < 30);
  assert.deepEqual(trading.grossInterval, [NaN, NaN]);
});

test('many rows draw fewer sets, so that the work is bounded', () => {
  const { intervals, chance } = evidenceOf(rowsOf(100_000, 10, 0), settings);
  assert.deepEqual([intervals.replicates, chance.shifts], [300, 300]);
});
