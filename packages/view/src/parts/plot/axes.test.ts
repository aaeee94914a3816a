import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decadeTop, placeOfX, placeOfY, roundTop, ticksOfX, ticksOfY, type Axes } from './axes.ts';

const axes = (rest: Partial<Axes>): Axes => ({ title: '', x: '', y: '', top: 1, ...rest });
const texts = (ticks: readonly { readonly text: string }[]): string[] => ticks.map(({ text }) => text);

test('ticks are round numbers within the ends, told apart by their digits', () => {
  assert.deepEqual(texts(ticksOfX(axes({}))), ['0', '0.2', '0.4', '0.6', '0.8', '1']);
  assert.deepEqual(texts(ticksOfX(axes({ from: -2388, to: 1341 }))), ['-2000', '-1000', '0', '1000']);
  assert.deepEqual(texts(ticksOfX(axes({ from: 60_000.1, to: 60_000.9 }))), [
    '60000.2',
    '60000.4',
    '60000.6',
    '60000.8',
  ]);
  assert.deepEqual(texts(ticksOfX(axes({ from: 0, to: 4e-5 }))), ['0', '1e-5', '2e-5', '3e-5', '4e-5']);
  assert.deepEqual(texts(ticksOfX(axes({ from: 1e8, to: 1.01e8 }))), [
    '1e8',
    '1.002e8',
    '1.004e8',
    '1.006e8',
    '1.008e8',
    '1.01e8',
  ]);
});

test('a logarithmic axis has powers of ten, and draws what is below its floor on it', () => {
  const log = axes({ floor: 1e-16, top: decadeTop(1, 1e-16) });
  assert.deepEqual(texts(ticksOfY(log)), ['1e-16', '1e-12', '1e-8', '1e-4', '1']);
  assert.equal(placeOfY(0, log), placeOfY(1e-16, log));
  assert.ok(placeOfY(1e-8, log) < placeOfY(1e-12, log));
  assert.equal(decadeTop(0, 1e-16), 1e-15);
  assert.equal(decadeTop(0.02, 1e-16), 0.1);
});

test('the top of a histogram is a tick at or above its highest bar', () => {
  for (const highest of [0.003, 0.0731, 0.25, 0.3731, 0.51, 1]) {
    const top = roundTop(highest);
    assert.ok(top >= highest && top <= highest * 1.5, `${highest}: ${top}`);
    assert.equal(ticksOfY(axes({ top })).at(-1)?.value, top);
  }
  assert.equal(roundTop(0), 1);
});

test('a span of nothing is drawn as one of 1', () => {
  assert.ok(placeOfX(5, axes({ from: 5, to: 5 })) < placeOfX(6, axes({ from: 5, to: 5 })));
});

test('y may begin below zero', () => {
  const below = axes({ bottom: -0.4, top: 0.6 });
  assert.deepEqual(texts(ticksOfY(below)), ['-0.4', '-0.2', '0', '0.2', '0.4', '0.6']);
  assert.ok(Math.abs(placeOfY(0, below) - (0.6 * placeOfY(-0.4, below) + 0.4 * placeOfY(0.6, below))) < 1e-9);
});
