import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarPrices } from 'minotaur-core/internal/labels/labels-first-touch';
import { createBarAgreement } from './bar-agreement.ts';

const MINUTE = 60_000_000;
const COUNT = 200;
const column = (of: (i: number) => number, length = COUNT): Float64Array =>
  Float64Array.from({ length }, (_, i) => of(i));
const price = (i: number): number => 100 + ((i * 7919) % 31) / 10;
const bars = (scale = 1): BarPrices => ({
  length: COUNT,
  open_time: column((i) => i * MINUTE),
  available_at: column((i) => (i + 1) * MINUTE),
  open: column((i) => scale * price(i)),
  high: column((i) => scale * (price(i) + 0.2)),
  low: column((i) => scale * (price(i) - 0.2)),
  close: column((i) => scale * price(i)),
});
const TIMES = column((i) => (3 * i + 5) * MINUTE, 60);

test('rows of the same market agree, at the end of their bar and within it; a tenth may be at a boundary', () => {
  for (const within of [0, MINUTE / 2]) {
    const close = column((i) => price(3 * i + (within === 0 ? 4 : 5)), 60);
    const times = TIMES.map((time) => time + within);
    const agreement = createBarAgreement('rows', times, close);
    const { length, ...columns } = bars();
    for (let from = 0; from < length; from += 17) {
      const to = Math.min(length, from + 17);
      const part = Object.entries(columns).map(([name, values]) => [name, values.subarray(from, to)]);
      agreement.add({ length: to - from, ...Object.fromEntries(part) } as BarPrices);
    }
    agreement.finish();
    for (let i = 0; i < 6; i++) close[10 * i] += 50;
    const some = createBarAgreement('rows', times, close);
    some.add(bars());
    some.finish();
    close[1] = 0;
    const more = createBarAgreement('rows', times, close);
    more.add(bars());
    assert.throws(() => more.finish(), /7 of 60 rows outside; row 1 of 1970-01-01T00:0/);
  }
});

test('bars of another market are refused', () => {
  const agreement = createBarAgreement(
    'rows.parquet',
    TIMES,
    column((i) => price(3 * i + 4), 60),
  );
  agreement.add(bars(20));
  assert.throws(() => agreement.finish(), /rows\.parquet[^]*bars of the market[^]*60 of 60 rows outside/);
});

test('rows without a price, before the first bar and behind the last are for others to judge', () => {
  for (const shift of [-100, 170]) {
    const times = TIMES.map((time) => time + shift * MINUTE);
    const isAround = (i: number): boolean => times[i] >= 0 && times[i] <= COUNT * MINUTE;
    const none = createBarAgreement(
      'rows',
      times,
      column((i) => (isAround(i) ? NaN : 7), 60),
    );
    none.add(bars());
    none.finish();
    const some = createBarAgreement(
      'rows',
      times,
      column(() => 7, 60),
    );
    some.add(bars());
    assert.throws(() => some.finish(), new RegExp(`of ${times.filter((_, i) => isAround(i)).length} rows outside`));
  }
});
