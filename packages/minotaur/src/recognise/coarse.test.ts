/** Columns of coarser bars: what is known when they open, and what is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bars } from './candidates/values.ts';
import { columnsOf } from './columns.ts';
import { recognise } from './recognise.ts';
import { market, MINUTE } from './simulated-market.ts';
import { tellRecognised } from './told.ts';

type Series = Float64Array;
const bars = market(4000, 5);

/** What stands beside minutes of a bar of `minutes`: a value for each bar, of its rows from the first to the last. */
function joinedBy(minutes: number, { columns }: Bars, of: (from: number, to: number) => number): Series {
  const openTimes = columns.get('open_time') as Series;
  const spanAt = (i: number): number => Math.floor(openTimes[i] / (minutes * MINUTE));
  const out = new Float64Array(openTimes.length);
  for (let from = 0, to; from < out.length; from = to) {
    for (to = from + 1; to < out.length && spanAt(to) === spanAt(from);) to++;
    out.fill(of(from, to - 1), from, to);
  }
  return out;
}

/** `market`, whose bars open at the close before. */
function gapless(of: Bars): Bars {
  const close = of.columns.get('close') as Series;
  const open = close.map((_, i) => close[Math.max(0, i - 1)]);
  const high = (of.columns.get('high') as Series).map((x, i) => Math.max(x, open[i]));
  const low = (of.columns.get('low') as Series).map((x, i) => Math.min(x, open[i]));
  return { ...of, columns: new Map([...of.columns, ['open', open], ['high', high], ['low', low]]) };
}

test('what a coarse bar is known to be when it opens is no look ahead', async () => {
  const days = market(62 * 96, 11);
  const quarters = new Map(
    [...days.columns].map(([name, values]) => [
      name,
      name.endsWith('time') || name.endsWith('_at') ? values.map((time, i) => time + 14 * i * MINUTE) : values,
    ]),
  );
  const cases: readonly (readonly [Bars, number, number])[] = [
    [gapless(bars), 1, 30],
    [bars, 1, 30],
    [{ rows: days.rows, columns: quarters }, 15, 1440],
  ];
  const told = [];
  for (const [of, step, span] of cases) {
    const [open, close] = ['open', 'close'].map((name) => of.columns.get(name) as Series);
    const columns = new Map([
      ['opened', joinedBy(span, of, (from) => open[from])],
      ['gap', joinedBy(span, of, (from) => open[from] / (close[from - 1] ?? NaN) - 1)],
      ['closed', joinedBy(span, of, (_, to) => close[to])],
      ['before', joinedBy(span, of, (from) => close[from - 1] ?? NaN)],
    ]);
    // Rounding in a market without gaps: a gap of nothing.
    if (of === cases[0][0]) columns.delete('gap');
    const found = await recognise(of, columnsOf(columns), { step: step * MINUTE });
    told.push(found.map((one) => [one.name, one.made?.expression, one.coarse?.clock, one.coarse?.joined]));
    assert.deepEqual(
      found.map((one) => tellRecognised(one)).flatMap(({ name, looksAhead }) => (looksAhead ? [name] : [])),
      ['closed'],
    );
  }
  assert.deepEqual(told, [
    [
      ['opened', 'close', '30min', 'closed'],
      ['closed', 'close', '30min', 'atOpen'],
      ['before', 'close', '30min', 'closed'],
    ],
    [
      ['opened', 'open', '30min', 'opening'],
      ['gap', 'open / lag(close, 1) - 1', '30min', 'opening'],
      ['closed', 'close', '30min', 'atOpen'],
      ['before', 'close', '30min', 'closed'],
    ],
    [
      ['opened', 'open', '1day', 'opening'],
      ['gap', 'open / lag(close, 1) - 1', '1day', 'opening'],
      ['closed', 'close', '1day', 'atOpen'],
      ['before', 'close', '1day', 'closed'],
    ],
  ]);
});
