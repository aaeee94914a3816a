import { operator } from '../../contract/operator.ts';

/**
 * Market regime as five flags, from the strength of the trend and the order of two averages. Strong: the strength is above the
 * threshold; weak: it is not; uptrend: fast above slow; downtrend: fast below slow. `ranging` is the strength at or below the
 * threshold, whichever way the averages lie, so it is raised together with the weak flags.
 *
 * Cost: 3 ns a row.
 */
export const regime = operator({
  name: 'regime',
  family: 'structure',
  version: 1,
  summary: 'Trend regime flags from strength and two averages',
  formula:
    'uptrend_strong: strength > threshold and fast > slow; weak: strength <= threshold; ranging: strength <= threshold',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978): ADX above 25 is a trend',
  inputs: ['strength', 'fast', 'slow'],
  outputs: ['uptrend_strong', 'downtrend_strong', 'uptrend_weak', 'downtrend_weak', 'ranging'],
  params: [
    { name: 'threshold', min: -1e9, max: 1e9, integer: false, default: 25, meaning: 'strength of a strong trend' },
  ],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: strength, 1: fast, 2: slow }, out, params: { 0: threshold } }, from, to) => {
    const { 0: upStrong, 1: downStrong, 2: upWeak, 3: downWeak, 4: ranging } = out;
    for (let i = from; i < to; i++) {
      const s = strength[i];
      if (s !== s || fast[i] !== fast[i] || slow[i] !== slow[i]) {
        upStrong[i] = downStrong[i] = upWeak[i] = downWeak[i] = ranging[i] = NaN;
        continue;
      }
      const strong = s > threshold;
      const up = fast[i] > slow[i];
      const down = fast[i] < slow[i];
      upStrong[i] = strong && up ? 1 : 0;
      downStrong[i] = strong && down ? 1 : 0;
      upWeak[i] = !strong && up ? 1 : 0;
      downWeak[i] = !strong && down ? 1 : 0;
      ranging[i] = strong ? 0 : 1;
    }
  },
  instruction: { name: 'regime' },
});
