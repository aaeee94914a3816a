import { test } from 'node:test';
import { assertClose, assertSkips, many, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('ha: opens in the middle of the body before, closes at the average price', () => {
  const close = bars.close.map((c, i) => (bars.open[i] + bars.high[i] + bars.low[i] + c) / 4);
  const open = [(bars.open[0] + bars.close[0]) / 2];
  for (let i = 1; i < close.length; i++) open.push((open[i - 1] + close[i - 1]) / 2);
  const found = many('ha()', 4, bars);
  assertClose(found[0], open);
  assertClose(
    found[1],
    bars.high.map((h, i) => Math.max(h, open[i], close[i])),
  );
  assertClose(
    found[2],
    bars.low.map((l, i) => Math.min(l, open[i], close[i])),
  );
  assertClose(found[3], close);
});

test('ha: skips NaN', () => assertSkips('ha()', 4, bars));
