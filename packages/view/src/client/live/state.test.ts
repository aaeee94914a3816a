import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIVE_KEPT, type LiveFacts, type LiveNews, type LiveSpan } from '../../parts/live-data.ts';
import { advanced } from './state.ts';

const facts: LiveFacts = {
  session: 's',
  schemaId: 'x',
  artefact: null,
  engineVersion: '0',
  clocks: ['c'],
  clock: 'c',
  columns: [],
  meanings: [],
  model: null,
};
const quiet: LiveNews = {
  now: 0,
  state: 'live',
  reasons: [],
  feeds: [],
  warmup: [],
  trades: 0,
  rows: 0,
  since: null,
  barTimes: [null],
  subscribers: 0,
  row: null,
  bars: [],
  predictions: [],
  events: [],
  seconds: [],
  quarters: [],
  spans: [],
};
const span = (number: number, from: number, to: number | null): LiveSpan => {
  return { number, kind: 'down', instrument: 'X', from, to, ids: null, trades: null, why: '' };
};

test('what is new is put behind what is known, and no more is kept than there is room for', () => {
  const bars = Array.from({ length: LIVE_KEPT.bars }, (_, i) => [i, i, 1, 1, 1, 1] as const);
  const first = advanced(undefined, facts, { ...quiet, bars });
  const next = advanced(first, facts, { ...quiet, bars: [[600, 600, 1, 1, 1, 1]] });
  assert.equal(next.bars.length, LIVE_KEPT.bars);
  assert.deepEqual([next.bars[0]?.[0], next.bars.at(-1)?.[0]], [1, 600]);
  assert.equal(advanced(next, facts, quiet).bars, next.bars);
});

test('the newest row stays until another comes', () => {
  const row = { position: '0:1', time: 1, ready: true, complete: true, values: [1], distances: null };
  const known = advanced(undefined, facts, { ...quiet, row });
  assert.equal(advanced(known, facts, quiet).row, row);
});

test('a span that is over replaces what it was, in the order of their begin', () => {
  const open = advanced(undefined, facts, { ...quiet, spans: [span(0, 10, 20), span(1, 30, null)] });
  const over = advanced(open, facts, { ...quiet, spans: [span(1, 30, 40), span(2, 5, 6)] });
  assert.deepEqual(
    over.spans.map(({ number, to }) => [number, to]),
    [
      [2, 6],
      [0, 20],
      [1, 40],
    ],
  );
});
